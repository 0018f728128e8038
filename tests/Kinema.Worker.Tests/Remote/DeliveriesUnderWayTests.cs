using Kinema.Core.Runs;
using Kinema.Worker.Protocol;
using Kinema.Worker.Remote;

namespace Kinema.Worker.Tests.Remote;

public sealed class DeliveriesUnderWayTests
{
    private readonly DeliveriesUnderWay _deliveries = new();
    private readonly AttemptRef _attempt = new(Guid.Parse("019d6a63-8400-7c27-9a1e-0000000000bb"), 3, Guid.Empty);
    private readonly TaskCompletionSource<EndReply> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_that_comes_again_has_the_result_of_the_first()
    {
        var first = _deliveries.JoinAsync(_attempt, StoreAsync, Ct);
        var second = _deliveries.JoinAsync(_attempt, StoreAsync, Ct);
        _deliveries.Contains(_attempt).ShouldBeTrue();
        _stored.SetResult(new(IsAccepted: true));

        (await first).IsAccepted.ShouldBeTrue();
        (await second).ShouldBeSameAs(await first);
        _begun.ShouldBe(1);
        while (_deliveries.Contains(_attempt))
            await Task.Delay(5, Ct);
    }

    [Fact]
    public async Task A_worker_that_goes_away_does_not_stop_the_delivery()
    {
        using var away = new CancellationTokenSource();
        var asked = _deliveries.JoinAsync(_attempt, StoreAsync, away.Token);
        await away.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asked);
        _deliveries.Contains(_attempt).ShouldBeTrue();

        var again = _deliveries.JoinAsync(_attempt, StoreAsync, Ct);
        _stored.SetResult(new(IsAccepted: true));

        (await again).IsAccepted.ShouldBeTrue();
        _begun.ShouldBe(1);
    }

    [Fact]
    public async Task A_delivery_that_broke_may_be_tried_again()
    {
        await Should.ThrowAsync<IOException>(_deliveries.JoinAsync(_attempt, () => throw new IOException("The disk went."), Ct));

        _stored.SetResult(new(IsAccepted: true));
        (await _deliveries.JoinAsync(_attempt, StoreAsync, Ct)).IsAccepted.ShouldBeTrue();
    }

    private Task<EndReply> StoreAsync()
    {
        Interlocked.Increment(ref _begun);
        return _stored.Task;
    }
}
