using Kinema.Wan.Pipelines;

namespace Kinema.Wan.Tests.Pipelines;

public sealed class GenerationLockTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disposing_stops_the_computation_then_disposes_the_models_then_returns()
    {
        var models = new Models();
        using var gate = new GenerationLock(models);
        using var stop = gate.CreateLinkedTokenSource(Ct);
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var releasedTooEarly = false;
        var computing = Task.Run(() => gate.Run(
            () =>
            {
                began.SetResult();
                stop.Token.WaitHandle.WaitOne();
                releasedTooEarly = models.AreReleased;
                stop.Token.ThrowIfCancellationRequested();
                return 0;
            },
            Ct), Ct);
        await began.Task;

        gate.Dispose();

        models.AreReleased.ShouldBeTrue();
        releasedTooEarly.ShouldBeFalse();
        await Should.ThrowAsync<ObjectDisposedException>(() => computing);
    }

    [Fact]
    public void Disposing_from_within_the_computation_disposes_the_models_when_it_ends()
    {
        var models = new Models();
        using var gate = new GenerationLock(models);

        gate.Run(
            () =>
            {
                gate.Dispose();
                return models.AreReleased;
            },
            Ct).ShouldBeFalse();

        models.AreReleased.ShouldBeTrue();
    }

    [Fact]
    public async Task A_waiting_generation_throws_when_the_lock_is_disposed()
    {
        using var gate = new GenerationLock(new Models());
        await gate.EnterAsync(Ct);
        var waiting = gate.EnterAsync(Ct);

        gate.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(() => waiting);
        await Should.ThrowAsync<ObjectDisposedException>(() => gate.EnterAsync(Ct));
        Should.Throw<ObjectDisposedException>(() => gate.Run(() => 0, Ct));
        gate.Exit();
    }

    [Fact]
    public async Task The_caller_s_own_token_gives_a_cancellation()
    {
        using var gate = new GenerationLock(new Models());
        using var cancel = new CancellationTokenSource();
        await gate.EnterAsync(Ct);
        var waiting = gate.EnterAsync(cancel.Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        gate.Exit();
        await gate.EnterAsync(Ct);
    }

    [Fact]
    public void Models_are_disposed_once()
    {
        var models = new Models();
        var gate = new GenerationLock(models);

        gate.Dispose();
        gate.Dispose();

        models.Releases.ShouldBe(1);
    }

    private sealed class Models : IDisposable
    {
        public int Releases { get; private set; }

        public bool AreReleased => Releases > 0;

        public void Dispose() => Releases++;
    }
}
