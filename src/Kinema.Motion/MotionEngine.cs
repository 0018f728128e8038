using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.Motion.Shots;
using Kinema.Motion.Threads;

namespace Kinema.Motion;

/// <summary>Renders a virtual camera move over the input media, without a neural network. The same request gives the same frames on every run.</summary>
internal sealed class MotionEngine(IEnumerable<IShotFactory> factories, RenderThreads threads) : IVideoEngine
{
    private readonly IReadOnlyList<IShotFactory> _factories = [.. factories];

    public EngineDescriptor Descriptor { get; } = new()
    {
        Id = "motion",
        Version = "1.0.0",
        DisplayName = "Motion: a camera that moves through the still picture, without a video network",
        MediaRoles = [.. factories.SelectMany(factory => factory.SupportedRoles).Distinct().Order()],
        Resolutions = [VideoResolution.Hd720, VideoResolution.Hd1080],
        MinDurationSeconds = 2,
        MaxDurationSeconds = 15,
        PromptGuide = "motion",
    };

    public EngineSupport CheckSupport(VideoRequest request)
    {
        var support = EngineSupport.FromDescriptor(Descriptor, request);
        if (!support.IsSupported || FactoryFor(request) is not null)
            return support;
        return request.Roles.Contains(MediaRole.FirstFrame)
            ? new(request.Roles.First(role => role != MediaRole.FirstFrame), $"cannot be combined with the other media by the engine '{Descriptor.Id}'")
            : new(MediaRole.FirstFrame, $"is required: the engine '{Descriptor.Id}' moves over a still picture");
    }

    public async IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (CheckSupport(request).Reason is { } refusal)
            throw new EngineException($"motion cannot serve this request: {refusal}");

        await using var preparation = new ShotPreparation(FactoryFor(request)!, request, threads, cancellationToken);
        await foreach (var stage in preparation.StagesAsync().ConfigureAwait(false))
            yield return stage;

        var shot = await preparation.ShotAsync().ConfigureAwait(false);
        yield return new EngineEvent.Started(shot.Format, Record(shot)) { Soundtrack = shot.Soundtrack };
        foreach (var note in shot.Notes)
            yield return new EngineEvent.Log(EngineLogLevel.Warning, note);
        await foreach (var frame in FramesAsync(shot, cancellationToken).ConfigureAwait(false))
            yield return frame;
    }

    private IShotFactory? FactoryFor(VideoRequest request) =>
        _factories.FirstOrDefault(factory => factory.RequiredRoles.All(request.Roles.Contains) && request.Roles.All(factory.SupportedRoles.Contains));

    private JsonObject Record(IShot shot)
    {
        var record = new JsonObject { ["engine"] = Descriptor.Id, ["engine_version"] = Descriptor.Version };
        foreach (var (name, value) in shot.Record)
            record[name] = value?.DeepClone();
        return MotionRecord.WithFormerKeys(record)!.AsObject();
    }

    /// <summary>Renders the next frame on another thread while the receiver reads the current one. Two buffers serve the whole video.</summary>
    private async IAsyncEnumerable<EngineEvent.Frame> FramesAsync(IShot shot, [EnumeratorCancellation] CancellationToken ct)
    {
        var format = shot.Format;
        byte[][] buffers = [new byte[format.FrameBytes], new byte[shot.IsStill ? 0 : format.FrameBytes]];
        var next = RenderAsync(0);
        try
        {
            for (var i = 0; i < format.FrameCount; i++)
            {
                ct.ThrowIfCancellationRequested();
                await next.ConfigureAwait(false);
                if (!shot.IsStill && i + 1 < format.FrameCount)
                    next = RenderAsync(i + 1);
                yield return new EngineEvent.Frame(i, buffers[shot.IsStill ? 0 : i & 1]);
            }
        }
        finally
        {
            // The caller frees the shot's memory after this; the pending render must finish first.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task RenderAsync(int frame) => threads.RunAsync(() => shot.RenderAsync(frame, buffers[frame & 1], ct).AsTask(), CancellationToken.None);
    }
}
