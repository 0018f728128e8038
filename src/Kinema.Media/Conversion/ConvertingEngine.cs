using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Media;

/// <summary>
/// Another engine whose videos get a frame rate or a size that it does not make itself. The descriptor publishes what comes out, and <c>model_data.conversion</c>
/// says what the engine made.
/// </summary>
public sealed class ConvertingEngine : IVideoEngine, ILoadableEngine
{
    private readonly IVideoEngine _inner;
    private readonly VideoConversion _conversion;

    /// <summary>Initializes a new instance.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The frame rate is outside its limits.</exception>
    public ConvertingEngine(IVideoEngine inner, VideoConversion conversion)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(conversion);
        if (conversion.FramesPerSecond is < VideoConversion.MinFramesPerSecond or > VideoConversion.MaxFramesPerSecond)
        {
            throw new ArgumentOutOfRangeException(
                nameof(conversion), conversion.FramesPerSecond, $"FramesPerSecond must be from {VideoConversion.MinFramesPerSecond} to {VideoConversion.MaxFramesPerSecond}.");
        }

        (_inner, _conversion) = (inner, conversion);
        Descriptor = DescriptorOf(inner.Descriptor, conversion);
    }

    /// <inheritdoc/>
    public EngineDescriptor Descriptor { get; }

    /// <summary>Whether the other engine can begin at once.</summary>
    public bool IsLoaded => _inner is not ILoadableEngine { IsLoaded: false };

    /// <inheritdoc/>
    public EngineSupport CheckSupport(VideoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return EngineSupport.FromDescriptor(Descriptor, request) is { IsSupported: false } refused ? refused : _inner.CheckSupport(InnerRequest(request));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = InnerRequest(request);
        FrameConversion? frames = null;
        await foreach (var made in _inner.GenerateAsync(asked, cancellationToken))
        {
            if (made is EngineEvent.Started started)
            {
                frames = new FrameConversion(started.Format, FormatOf(started.Format, isEnlarged: asked.Resolution != request.Resolution));
                yield return frames.IsNone ? started : started with { Format = frames.Target, ModelData = Record(started) };
            }
            else if (made is EngineEvent.Frame frame && frames is { IsNone: false })
            {
                var pixels = frames.Convert(frame.Pixels);
                foreach (var index in frames.IndexesOf(frame.Index))
                    yield return new EngineEvent.Frame(index, pixels);
            }
            else
            {
                yield return made;
            }
        }
    }

    private static EngineDescriptor DescriptorOf(EngineDescriptor inner, VideoConversion conversion)
    {
        var upscales = conversion.Upscales && !inner.Resolutions.Contains(VideoResolution.Hd1080);
        return inner with
        {
            Version = $"{inner.Version}{(conversion.FramesPerSecond is { } rate ? $"-{rate}fps" : "")}{(upscales ? "-1080p" : "")}",
            Resolutions = upscales ? [.. inner.Resolutions, VideoResolution.Hd1080] : inner.Resolutions,
        };
    }

    private VideoRequest InnerRequest(VideoRequest request)
    {
        var sizes = _inner.Descriptor.Resolutions;
        return _conversion.Upscales && request.Resolution == VideoResolution.Hd1080 && !sizes.Contains(VideoResolution.Hd1080)
            ? request with { Resolution = sizes.Contains(VideoResolution.Hd720) ? VideoResolution.Hd720 : sizes[^1] }
            : request;
    }

    private VideoFormat FormatOf(VideoFormat made, bool isEnlarged)
    {
        var (width, height) = isEnlarged ? VideoFormat.FitArea(made.Width, made.Height, VideoResolution.Hd1080) : (made.Width, made.Height);
        var rate = _conversion.FramesPerSecond ?? made.FramesPerSecond;
        var count = Math.Max(1, (int)Math.Round((double)made.FrameCount * rate / made.FramesPerSecond));
        return new(width, height, rate, count);
    }

    private static JsonObject Record(EngineEvent.Started started)
    {
        var data = started.ModelData.DeepClone().AsObject();
        data["conversion"] = new JsonObject
        {
            ["made_width"] = started.Format.Width,
            ["made_height"] = started.Format.Height,
            ["made_frames_per_second"] = started.Format.FramesPerSecond,
            ["made_frames"] = started.Format.FrameCount,
            ["frame_rate"] = "repeat",
            ["size"] = "bicubic",
        };
        return data;
    }
}
