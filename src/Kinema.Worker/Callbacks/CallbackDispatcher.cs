using System.Collections.Concurrent;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Outbound;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Callbacks;

/// <summary>Takes due deliveries from the outbox, many at a time but few for one endpoint, so that a receiver that hangs holds up nobody else.</summary>
internal sealed partial class CallbackDispatcher(
    ICallbackOutbox outbox,
    DeliverCallback deliver,
    IWakeUp wakeUp,
    IStore store,
    IHostApplicationLifetime lifetime,
    IOptions<CallbackOptions> options,
    IOptions<OutboundOptions> outbound,
    TimeProvider timeProvider,
    ILogger<CallbackDispatcher> log) : BackgroundService
{
    /// <summary>What a delivery on its way gets to end by itself when the process stops. One that is cut off is due again at the next start.</summary>
    private static readonly TimeSpan _shutdownGrace = TimeSpan.FromSeconds(2);

    /// <summary>Longer than any attempt: the sender has its own, shorter time-out.</summary>
    private readonly TimeSpan _lease = TimeSpan.FromSeconds(30 + 2 * outbound.Value.Callbacks.ResponseTimeoutSeconds);

    private readonly ConcurrentDictionary<Guid, Task> _sending = new();

    /// <summary>Outlives the dispatching: a delivery that ends in the farewell still gives its place back.</summary>
    private readonly SemaphoreSlim _slots = new(options.Value.MaxInFlight);
    private readonly EndpointSlots _endpoints = new(options.Value.MaxInFlightPerEndpoint);

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        using var cutOff = new CancellationTokenSource();
        try
        {
            await DispatchAsync(stopping.Token, cutOff.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            var all = Task.WhenAll(_sending.Values);
            await Task.WhenAny(all, Task.Delay(_shutdownGrace, timeProvider, CancellationToken.None));
            await cutOff.CancelAsync();
            await all;
        }
    }

    private async Task DispatchAsync(CancellationToken stopping, CancellationToken cutOff)
    {
        var poll = TimeSpan.FromMilliseconds(options.Value.PollMilliseconds);
        while (true)
        {
            await _slots.WaitAsync(stopping);
            var seen = wakeUp.Version(WakeTopic.Callbacks);
            if (await TryClaimAsync(stopping) is { } delivery)
            {
                Begin(delivery, cutOff);
            }
            else
            {
                _slots.Release();
                await wakeUp.WaitAsync(WakeTopic.Callbacks, seen, poll, stopping);
            }
        }
    }

    private async Task<Delivery?> TryClaimAsync(CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        try
        {
            return await outbox.ClaimDueAsync(store.InstanceId, _lease, _endpoints.Busy, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogClaimFailed(e);
            return null;
        }
    }

    private void Begin(Delivery delivery, CancellationToken cutOff)
    {
        var endpoint = CallbackEndpoint.Of(delivery.CallbackUrl);
        _endpoints.Take(endpoint);
        _sending[delivery.Id] = Task.CompletedTask;
        var sending = SendAsync();
        _sending.TryUpdate(delivery.Id, sending, Task.CompletedTask);

        async Task SendAsync()
        {
            await Task.Yield();
            try
            {
                await deliver.HandleAsync(delivery, cutOff);
            }
            catch (OperationCanceledException) when (cutOff.IsCancellationRequested)
            {
                LogCutOff(delivery.RunId);
            }
            catch (Exception e)
            {
                LogFailed(delivery.RunId, e);
            }
            finally
            {
                _endpoints.Release(endpoint);
                _sending.TryRemove(delivery.Id, out _);
                _slots.Release();
                wakeUp.Notify(WakeTopic.Callbacks);
            }
        }
    }
}
