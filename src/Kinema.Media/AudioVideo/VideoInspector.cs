using Kinema.Engines;
using Microsoft.Extensions.Options;

namespace Kinema.Media.AudioVideo;

/// <remarks>Time zero is the start of the file: the first video or audio sample. <see cref="VideoReader"/> counts the same way.</remarks>
internal sealed class VideoInspector(StreamProbe probe, ClipSoundFinder sounds, InspectionPipeline inspection, IOptions<MediaOptions> options) : IVideoInspector
{
    public TimedMediaInspection InspectHeader(Stream video, MediaLimits limits)
    {
        var head = new byte[ContentTypes.BytesNeeded];
        var type = ContentTypes.SniffMovie(head.AsSpan(0, video.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
        var refuse = Refusals(limits, type);
        if (video.Length > limits.MaxBytes)
            return refuse.TooManyBytes(video.Length);
        if (!limits.ContentTypes.Contains(type))
            return refuse.WrongType();

        var header = MovieHeader.Read(video);
        if (header.Problem is { } problem)
            return refuse.Broken(problem);

        // Before probing, only checks limits that rotation and pixel aspect ratio cannot change.
        if (Math.Max(header.Width, header.Height) > limits.MaxSide)
            return refuse.CheckDimensions(header.Width, header.Height)!;
        return (double)header.Frames * header.Width * header.Height > options.Value.MaxClipPixels
            ? refuse.TooManyPixels(header, options.Value.MaxClipPixels)
            : new() { ContentType = type };
    }

    public Task<TimedMediaInspection> InspectAsync(string path, MediaLimits limits, CancellationToken ct) => inspection.RunAsync(
        path,
        file => InspectHeader(file, limits),
        (type, token) => TryAsync(path, limits, type, token),
        (type, limit) => Refusals(limits, type).Broken(limit),
        ct);

    private async Task<TimedMediaInspection> TryAsync(string path, MediaLimits limits, string type, CancellationToken ct)
    {
        var refuse = Refusals(limits, type);
        var (found, problem) = await probe.FindStreamsAsync(type, path, ct).ConfigureAwait(false);
        if (found is not { } streams)
            return refuse.Broken(problem!);
        if (streams.Video is not { } picture)
            return refuse.Broken("it has no pictures");
        if (!RestrictedInput.VideoCodecs.Contains(picture.Codec))
            return refuse.Broken($"its pictures are coded as {picture.Codec}; H.264, HEVC, AV1, VP9, MPEG-4, ProRes and Motion JPEG are read");

        var (width, height) = picture.DisplaySize;
        if (refuse.CheckDimensions(width, height) is { } wrongSides)
            return wrongSides;

        var end = InspectionPipeline.TrialEnd(streams, limits);
        // Two programs at a time, as a clip has two tracks.
        using var refused = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var hearing = sounds.FindAsync(path, type, streams, end, refused.Token);
        try
        {
            var (pictures, refusal) = await TryPicturesAsync(path, limits, type, streams, end, ct).ConfigureAwait(false);
            return refusal ?? Accept(type, streams, picture, pictures!, await hearing.ConfigureAwait(false));
        }
        finally
        {
            await refused.CancelAsync().ConfigureAwait(false);
            await ((Task)hearing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(VideoTrial? Pictures, TimedMediaInspection? Refusal)> TryPicturesAsync(
        string path, MediaLimits limits, string type, ProbedStreams streams, double end, CancellationToken ct)
    {
        var refuse = Refusals(limits, type);
        if (await probe.DecodeVideoAsync(type, path, streams.Video!, end, ct).ConfigureAwait(false) is not { } pictures)
            return (null, refuse.Broken("it has far too many frames"));
        if (pictures.Frames == 0)
            return (null, refuse.Broken("none of its pictures can be decoded"));
        // Some codecs can change the frame size; this checks decoded sizes, not declared ones.
        if (Math.Max(pictures.Width, pictures.Height) > limits.MaxSide)
            return (null, refuse.CheckDimensions(pictures.Width, pictures.Height)!);

        var seconds = pictures.End - streams.Start;
        if (refuse.CheckDuration(Math.Round(seconds, 3), streams.Declared) is { } wrongLength)
            return (null, wrongLength);
        return pictures.LostSeconds > seconds / 2 ? (null, refuse.Broken("more than half of its pictures are missing or damaged")) : (pictures, null);
    }

    private static TimedMediaInspection Accept(string type, ProbedStreams streams, VideoStreamInfo picture, VideoTrial pictures, ClipSound? sound)
    {
        var fields = pictures.HasInterlacedFrames ? FieldOrder.PerFrame : picture.Fields;
        var shown = picture with { Fields = fields, ChangesSize = pictures.ChangesSize, HoldSeconds = pictures.HoldSeconds };
        var notes = ClipNotes.Of(streams, shown, sound);
        var (width, height) = picture.DisplaySize;
        return new()
        {
            ContentType = type,
            Width = width,
            Height = height,
            Seconds = Math.Round(pictures.End - streams.Start, 3),
            HasAudio = sound is not null,
            HasUndecodableAudio = streams.Audio.Count > 0 && sound is null,
            LostSeconds = sound?.Trial.LostSeconds ?? 0,
            LostPictureSeconds = pictures.LostSeconds,
            Notes = notes,
            Details = new StreamDetails(shown, sound?.Stream.Channels ?? 0, sound?.Track ?? 0, sound?.Peak, pictures.LostSeconds, notes).Write(),
        };
    }

    private static InspectionErrors Refusals(MediaLimits limits, string type) => new("video", limits, type);
}
