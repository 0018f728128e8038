using System.Threading.Channels;
using Kinema.Engines;
using Kinema.Motion.Threads;

namespace Kinema.Motion.Shots;

/// <summary>A running preparation of a shot: reports its stages, returns the shot, and disposes it at the end even if nobody awaited it.</summary>
internal sealed class ShotPreparation : IProgress<EngineEvent.Progress>, IAsyncDisposable
{
    private readonly Channel<EngineEvent> _stages = Channel.CreateUnbounded<EngineEvent>(new() { SingleReader = true });
    private readonly CancellationTokenSource _cancellation;
    private readonly Task<IShot> _preparing;

    public ShotPreparation(IShotFactory factory, VideoRequest request, RenderThreads threads, CancellationToken ct)
    {
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _preparing = threads.RunAsync(() => AggregateExceptions.UnwrapAsync(() => factory.PrepareAsync(request, this, _cancellation.Token)), _cancellation.Token);
        _ = _preparing.ContinueWith(
            _ => _stages.Writer.Complete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public void Report(EngineEvent.Progress value) => _stages.Writer.TryWrite(value);

    /// <summary>Stages reported until the shot is ready or has failed.</summary>
    /// <remarks>Takes no token: the preparation observes cancellation itself, and ends only after it has freed its memory.</remarks>
    public IAsyncEnumerable<EngineEvent> StagesAsync() => _stages.Reader.ReadAllAsync(CancellationToken.None);

    public Task<IShot> ShotAsync() => _preparing;

    public async ValueTask DisposeAsync()
    {
        await _cancellation.CancelAsync().ConfigureAwait(false);
        await ((Task)_preparing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_preparing.IsCompletedSuccessfully)
            await (await _preparing.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        _cancellation.Dispose();
    }
}
