using Kinema.Engines;
using Microsoft.Extensions.Options;

namespace Kinema.Media.AudioVideo;

/// <remarks>Time zero is the start of the file: the first video or audio sample. <see cref="VideoReader"/> counts the same way.</remarks>
internal sealed class VideoInspector(StreamProbe probe, InspectionPipeline inspection, IOptions<MediaOptions> options) : IVideoInspector
{
    /// <summary>Shorter audio counts as none, seconds.</summary>
    private const double MinAudioSeconds = 0.05;

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
        if (await probe.DecodeAsync(type, path, "V:0", end, ct).ConfigureAwait(false) is not { } pictures)
            return refuse.Broken("it has far too many frames");
        if (pictures.Frames == 0)
            return refuse.Broken("none of its pictures can be decoded");
        // Some codecs can change the frame size; this checks decoded sizes, not declared ones.
        if (Math.Max(pictures.Width, pictures.Height) > limits.MaxSide)
            return refuse.CheckDimensions(pictures.Width, pictures.Height)!;

        var seconds = Math.Round(pictures.End - streams.Start, 3);
        if (refuse.CheckDuration(seconds, streams.Declared) is { } wrongLength)
            return wrongLength;

        var audio = await DecodeAudioAsync(path, type, streams, end, ct).ConfigureAwait(false);
        return new()
        {
            ContentType = type,
            Width = width,
            Height = height,
            Seconds = seconds,
            HasAudio = audio is not null,
            HasUndecodableAudio = streams.AudioSampleRate is not null && audio is null,
            LostSeconds = audio?.LostSeconds ?? 0,
            Details = StreamDetails.Write(streams),
        };
    }

    /// <returns>Null if there is no usable audio.</returns>
    private async Task<TrialDecode?> DecodeAudioAsync(string path, string type, ProbedStreams streams, double end, CancellationToken ct) =>
        streams.AudioSampleRate is > 0 and var rate
        && await probe.DecodeAsync(type, path, "a:0", end, ct, rate).ConfigureAwait(false) is { IsMostlyLost: false } audio
        && audio.Samples >= rate * MinAudioSeconds
            ? audio
            : null;

    private static InspectionErrors Refusals(MediaLimits limits, string type) => new("video", limits, type);
}
