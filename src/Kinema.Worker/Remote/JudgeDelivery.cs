using System.Globalization;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Worker.Attempts;

namespace Kinema.Worker.Remote;

/// <summary>Judges the files that a remote worker uploaded by what they are.</summary>
internal sealed class JudgeDelivery(IOutputProbe probe, IImageInspector images)
{
    private const int MaxSide = 4096;
    private const long MaxPictureBytes = 64 << 20;

    /// <summary>What the container may be longer than asked for: engines make whole frames.</summary>
    private const double ToleratedSeconds = 0.5;

    /// <returns>The files with their facts, or what is wrong with them.</returns>
    public async Task<(OutputFiles? Files, string? Problem)> HandleAsync(string scratch, int requestedSeconds)
    {
        var (video, poster, lastFrame) = (
            Uploads.PathOf(scratch, OutputFiles.VideoName), Uploads.PathOf(scratch, OutputFiles.PosterName), Uploads.PathOf(scratch, OutputFiles.LastFrameName));
        var (facts, problem) = await probe.ProbeAsync(video, CancellationToken.None);
        if (facts is null)
            return (null, $"the video {problem}");
        if (facts.Width % 2 != 0 || facts.Height % 2 != 0 || Math.Max(facts.Width, facts.Height) > MaxSide)
            return (null, $"the video has {facts.Width}×{facts.Height} pixels; even sides of at most {MaxSide} are allowed");

        var files = new OutputFiles(video, poster, lastFrame, new(facts.Width, facts.Height, facts.FramesPerSecond, facts.FrameCount), facts.HasAudio);
        if (files.Seconds > requestedSeconds + ToleratedSeconds)
            return (null, string.Create(CultureInfo.InvariantCulture, $"the video lasts {files.Seconds:0.##} seconds; {requestedSeconds} were asked for"));

        return (FindProblem(poster, "poster", "image/jpeg", facts) ?? FindProblem(lastFrame, "last frame", "image/png", facts)) is { } wrong ? (null, wrong) : (files, null);
    }

    private string? FindProblem(string path, string what, string type, OutputFacts video)
    {
        var picture = images.Inspect(path, new MediaLimits { ContentTypes = [type], MaxBytes = MaxPictureBytes });
        return picture.Problem is not null ? $"the {what} {picture.Message}"
            : (picture.Width, picture.Height) != (video.Width, video.Height) ? $"the {what} has {picture.Width}×{picture.Height} pixels and the video {video.Width}×{video.Height}"
            : null;
    }
}
