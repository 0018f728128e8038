using System.Globalization;
using Kinema.Engines;
using Kinema.Media.Tests.Support;
using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests.Continuation;

/// <summary>Synthetic clips panned over a picture, and a smoothness check for continuations.</summary>
internal static class TestClips
{
    public const double Seconds = 2.5;
    public const int Frames = 75;

    /// <param name="picture">Path of a picture; default: the raccoon.</param>
    public static MediaInput Make(EngineHarness harness, string name, string filter, bool withAudio = false, string? picture = null)
    {
        var path = harness.NewFile($"{name}.mp4");
        List<string> arguments = ["-v", "error", "-y", "-loop", "1", "-framerate", "30", "-i", picture ?? EngineHarness.Sample("raccoon-1024x768.jpg")];
        if (withAudio)
            arguments.AddRange(["-f", "lavfi", "-i", "sine=440"]);
        arguments.AddRange(["-vf", filter, "-t", Seconds.ToString(CultureInfo.InvariantCulture), "-r", "30", "-c:v", "libx264", "-crf", "16", "-pix_fmt", "yuv420p", path]);
        Tool.Run("ffmpeg", arguments);
        var stream = Tool.Probe(path)["streams"]![0]!;
        return new()
        {
            Path = path,
            Digest = "",
            ContentType = "video/mp4",
            SizeBytes = new FileInfo(path).Length,
            Width = stream["width"]!.GetValue<int>(),
            Height = stream["height"]!.GetValue<int>(),
            Seconds = Seconds,
            HasAudio = withAudio,
        };
    }

    public static VideoRequest Request(MediaInput clip, int seconds) => new()
    {
        Resolution = VideoResolution.Hd720,
        DurationSeconds = seconds,
        Seed = 1,
        Roles = [MediaRole.InputVideo],
        Media = new Dictionary<MediaRole, MediaInput> { [MediaRole.InputVideo] = clip },
    };

    /// <summary>Mean absolute difference of luma, code values.</summary>
    public static double Difference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, VideoFormat format)
    {
        long sum = 0;
        var luma = format.Width * format.Height;
        for (var i = 0; i < luma; i++)
            sum += Math.Abs(a[i] - b[i]);
        return (double)sum / luma;
    }

    /// <param name="steps">Difference between each frame and the next.</param>
    public static void ShouldNotJump(IReadOnlyList<double> steps)
    {
        var around = string.Join(' ', steps.Skip(Frames - 6).Take(12).Select(step => step.ToString("0.00", CultureInfo.InvariantCulture)));
        var neighbours = Math.Max(steps.Skip(Frames - 6).Take(5).Average(), steps.Skip(Frames).Take(5).Average());
        steps[Frames - 1].ShouldBeLessThanOrEqualTo((1.5 * neighbours) + 0.05, around);
        for (var i = Frames; i < steps.Count - 1; i++)
            steps[i].ShouldBeLessThanOrEqualTo((1.5 * Math.Max(steps[i - 1], steps[i + 1])) + 0.05, $"no later jump either, at frame {i}");
    }
}
