using System.Collections.Concurrent;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Outbound;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Callbacks;

/// <summary>Sends due deliveries from the outbox, with limits per endpoint and per organisation, so that slow receivers do not block others.</summary>
internal sealed partial class CallbackDispatcher(
    ICallbackOutbox outbox,
    DeliverCallback deliver,
    IWorkSignal workSignal,
    IStore store,
    IHostApplicationLifetime lifetime,
    IOptions<CallbackOptions> options,
    IOptions<OutboundOptions> outbound,
    TimeProvider timeProvider,
    ILogger<CallbackDispatcher> log) : BackgroundService
{
    /// <summary>Time for running deliveries to finish at shutdown. A cancelled delivery is due again at the next start.</summary>
    private static readonly TimeSpan _shutdownGrace = TimeSpan.FromSeconds(2);

    /// <summary>Longer than any attempt; the sender has its own, shorter timeout.</summary>
    private readonly TimeSpan _lease = TimeSpan.FromSeconds(30 + 2 * outbound.Value.Callbacks.ResponseTimeoutSeconds);

    private readonly ConcurrentDictionary<Guid, Task> _sending = new();

    /// <summary>Outlives the dispatch loop: a delivery that ends during shutdown still releases its slot.</summary>
    private readonly SemaphoreSlim _slots = new(options.Value.MaxInFlight);
    private readonly ReceiverSlots _receivers = new(options.Value.MaxInFlightPerEndpoint, options.Value.MaxInFlightPerOrganization, timeProvider);

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        using var cancelDeliveries = new CancellationTokenSource();
        try
        {
            await DispatchAsync(stopping.Token, cancelDeliveries.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            var all = Task.WhenAll(_sending.Values);
            await Task.WhenAny(all, Task.Delay(_shutdownGrace, timeProvider, CancellationToken.None));
            await cancelDeliveries.CancelAsync();
            await all;
        }
    }

    private async Task DispatchAsync(CancellationToken stopping, CancellationToken cancelDeliveries)
    {
        var poll = TimeSpan.FromMilliseconds(options.Value.PollMilliseconds);
        while (true)
        {
            await _slots.WaitAsync(stopping);
            var seen = workSignal.Version(SignalTopic.Callbacks);
            if (await TryClaimAsync(stopping) is { } delivery)
            {
                Begin(delivery, cancelDeliveries);
            }
            else
            {
                _slots.Release();
                await workSignal.WaitAsync(SignalTopic.Callbacks, seen, poll, stopping);
            }
        }
    }

    private async Task<Delivery?> TryClaimAsync(CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        try
        {
            return await outbox.ClaimDueAsync(store.InstanceId, _lease, _receivers.Busy, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogClaimFailed(e);
            return null;
        }
    }

    private void Begin(Delivery delivery, CancellationToken cancelDeliveries)
    {
        _receivers.Take(delivery);
        _sending[delivery.Id] = Task.CompletedTask;
        var sending = SendAsync();
        _sending.TryUpdate(delivery.Id, sending, Task.CompletedTask);

        async Task SendAsync()
        {
            await Task.Yield();
            bool? timedOut = null;
            try
            {
                timedOut = (await deliver.HandleAsync(delivery, cancelDeliveries)).TimedOut;
            }
            catch (OperationCanceledException) when (cancelDeliveries.IsCancellationRequested)
            {
                LogCutOff(delivery.RunId);
            }
            catch (Exception e)
            {
                LogFailed(delivery.RunId, e);
            }
            finally
            {
                _receivers.Release(delivery, timedOut);
                _sending.TryRemove(delivery.Id, out _);
                _slots.Release();
                workSignal.Notify(SignalTopic.Callbacks);
            }
        }
    }
}
