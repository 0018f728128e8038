using System.Globalization;
using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Worker.Attempts;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Receiving;

/// <summary>
/// Passes the frames of a received video to the sink. A file that is what the output contract promises keeps its tracks; another one is converted: its frames are encoded
/// anew, at even sides and a whole rate.
/// </summary>
internal sealed class ReadReceivedVideo(
    IVideoInspector inspector, IOutputProbe probe, IVideoReader reader, IVideoEncoder encoder, IVideoRemuxer remuxer, IOptions<WorkerOptions> options) : IDisposable
{
    private const int MaxSide = 4096;
    private const int CommonRate = 30;

    /// <summary>What a video may be longer than asked for: engines make whole frames, and some one more.</summary>
    private const double ToleratedSeconds = 0.5;

    /// <summary>Many runs that wait elsewhere may end at once; decoding is work of this machine.</summary>
    private readonly SemaphoreSlim _places = new(options.Value.Concurrency);

    /// <exception cref="VideoNotReceivedException">The file is broken.</exception>
    public async Task HandleAsync(
        string path, int requestedSeconds, FrameSink sink, JsonObject modelData, Func<JsonObject, IReadOnlyDictionary<string, string>> metadata, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            var video = await InspectAsync(path, requestedSeconds, ct);
            var (facts, problem) = await probe.ProbeAsync(path, ct);
            var isPromised = facts is not null && facts.Width % 2 == 0 && facts.Height % 2 == 0;
            var format = isPromised ? new(facts!.Width, facts.Height, facts.FramesPerSecond, facts.FrameCount) : await FormatAsync(video, ct);
            if (!isPromised)
                modelData["converted_because"] = $"the engine's video {problem ?? string.Create(CultureInfo.InvariantCulture, $"has {facts!.Width}×{facts.Height} pixels")}";

            sink.Start(isPromised ? new RemuxingEncoder(remuxer, path) : encoder, format, video.HasAudio ? new(video, null) : null, metadata(modelData));
            await PassAsync(video, format, sink, ct);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<MediaInput> InspectAsync(string path, int requestedSeconds, CancellationToken ct)
    {
        var limits = new MediaLimits
        {
            ContentTypes = ["video/mp4", "video/quicktime"],
            MaxBytes = (long)options.Value.MaxReceivedMiB << 20,
            MaxSide = MaxSide,
            MaxSeconds = requestedSeconds + ToleratedSeconds,
        };
        var inspection = await inspector.InspectAsync(path, limits, ct);
        if (inspection.Problem is not null)
            throw new VideoNotReceivedException($"The finished video {inspection.Message}.");

        return new()
        {
            Path = path,
            Digest = "",
            ContentType = inspection.ContentType,
            SizeBytes = new FileInfo(path).Length,
            Width = inspection.Width,
            Height = inspection.Height,
            Seconds = inspection.Seconds,
            HasAudio = inspection.HasAudio,
            Details = inspection.Details,
        };
    }

    private async Task<VideoFormat> FormatAsync(MediaInput video, CancellationToken ct)
    {
        var rate = await probe.FindRateAsync(video.Path, ct) ?? CommonRate;
        return new(Even(video.Width!.Value), Even(video.Height!.Value), rate, Math.Max(1, (int)Math.Round(video.Seconds!.Value * rate)));

        static int Even(int side) => Math.Max(2, side / 2 * 2);
    }

    /// <summary>A decoder may end a frame or two before the header's number: the last one is shown until the end.</summary>
    private async Task PassAsync(MediaInput video, VideoFormat format, FrameSink sink, CancellationToken ct)
    {
        var last = new byte[format.FrameBytes];
        await foreach (var frame in reader.ReadAsync(video, format.Width, format.Height, format.FramesPerSecond, ct))
        {
            if (sink.Written == format.FrameCount)
                break;
            frame.CopyTo(last);
            await sink.WriteAsync(new(sink.Written, last), ct);
        }

        while (sink.Written < format.FrameCount)
            await sink.WriteAsync(new(sink.Written, last), ct);
    }
}
