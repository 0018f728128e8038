using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Kinema.Engines;
using Kinema.Media;

namespace Kinema.Wan.Engine;

/// <summary>The open weights of Wan behind the engine contract. The weights are loaded for the first video.</summary>
internal sealed class WanEngine : IVideoEngine, ILoadableEngine, IAsyncDisposable
{
    private const int EventBuffer = 8;

    /// <summary>A computation stops after its block at the latest. Whoever cancels waits no longer than this for it; the next video does.</summary>
    private static readonly TimeSpan _stopTimeout = TimeSpan.FromSeconds(1.5);

    private readonly SharedDevice _device;
    private readonly LoadedPipeline _model;
    private readonly RequestReader _reader;
    private readonly IPosterMaker _jpeg;

    public WanEngine(WanEngineOptions options, WanCheckpoint checkpoint, IImageReader images, IPosterMaker jpeg, SharedDevice device)
    {
        Descriptor = DescriptorFactory.Create(options, checkpoint);
        _device = device;
        _model = new(options, checkpoint.OffloadPlan.WeightBytes, device);
        _reader = new(checkpoint.Family, options, images);
        _jpeg = jpeg;
    }

    public EngineDescriptor Descriptor { get; }

    /// <summary>Whether the weights are loaded.</summary>
    public bool IsLoaded => _model.IsLoaded;

    public EngineSupport CheckSupport(VideoRequest request) => EngineSupport.FromDescriptor(Descriptor, request);

    public async IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (CheckSupport(request).Reason is { } refusal)
            throw new EngineException($"{Descriptor.Id} cannot serve this request: {refusal}");

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = Channel.CreateBounded<EngineEvent>(new BoundedChannelOptions(EventBuffer) { SingleReader = true });
        var generation = Task.Run(() => ProduceAsync(request, events.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var made in events.Reader.ReadAllAsync(cancellationToken))
                yield return made;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(generation, Task.Delay(_stopTimeout, CancellationToken.None));
        }
    }

    /// <summary>Releases the weights after the current video.</summary>
    public async Task UnloadAsync(CancellationToken ct)
    {
        using var turn = await _device.EnterAsync(ct);
        await _model.UnloadAsync();
    }

    public ValueTask DisposeAsync() => _model.DisposeAsync();

    private async Task ProduceAsync(VideoRequest request, ChannelWriter<EngineEvent> events, CancellationToken ct)
    {
        try
        {
            using (await _device.EnterAsync(ct))
                await GenerateAsync(request, events, ct);
            events.Complete();
        }
        catch (Exception e)
        {
            events.Complete(Explain(e));
        }
    }

    private async Task GenerateAsync(VideoRequest request, ChannelWriter<EngineEvent> events, CancellationToken ct)
    {
        var progress = new GenerationEvents(events, _jpeg);
        var (pipeline, wasLoaded) = await _model.GetAsync(_reader.Loras(request), progress, ct);
        if (wasLoaded && !pipeline.OffloadPlan.AllResident)
            await events.WriteAsync(new EngineEvent.Log(EngineLogLevel.Info, "The weights do not fit the device together: its parts take turns."), ct);

        var wanted = _reader.Read(request, ct) with { Progress = progress };
        var settings = pipeline.Plan(wanted);
        var format = new VideoFormat(settings.Width, settings.Height, settings.FramesPerSecond, settings.NumFrames);
        // One frame is with the receiver and one with this method, the others wait in the channel.
        var buffers = new byte[EventBuffer + 3][];
        var index = 0;
        await foreach (var image in pipeline.GenerateAsync(wanted, ct))
        {
            if (index == 0)
                await events.WriteAsync(new EngineEvent.Started(format, Record(settings, progress.StepCache, wasLoaded)), ct);

            var frame = buffers[index % buffers.Length] ??= new byte[format.FrameBytes];
            PlanarFrame.Write(image, frame);
            await events.WriteAsync(new EngineEvent.Frame(index++, frame), ct);
            events.TryWrite(new EngineEvent.Progress(EngineStages.Decoding, index, format.FrameCount));
        }
    }

    private JsonObject Record(WanSettings settings, WanStepCacheReport? stepCache, bool wasLoaded)
    {
        var record = WanReceipt.Write(settings, stepCache);
        record["engine"] = Descriptor.Id;
        record["engine_version"] = Descriptor.Version;
        record["model_was_loaded"] = wasLoaded;
        return record;
    }

    /// <summary>What another attempt cannot change is an <see cref="EngineException"/>. The other messages name the operator's files, so they go to the log only.</summary>
    private static Exception Explain(Exception e) => e switch
    {
        ArgumentException invalid => new EngineException(invalid.Message, invalid),
        WanOutOfMemoryException full => new EngineException("The video does not fit the device's memory. Ask for fewer frames or a lower resolution.", full),
        _ => e,
    };
}
