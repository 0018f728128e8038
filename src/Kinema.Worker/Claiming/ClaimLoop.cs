using System.Collections.Concurrent;
using Kinema.Core.Runs;
using Kinema.Worker.Attempts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Claiming;

/// <summary>
/// Claims runs from the ledger, up to the concurrency limit and only while videos can be encoded here. At shutdown it stops claiming at once, lets running attempts
/// continue for the drain time and hands the others back.
/// </summary>
internal sealed partial class ClaimLoop(
    WorkerIdentity worker,
    IWorkerLedger ledger,
    IWorkSignal workSignal,
    LiveAttempts attempts,
    EncoderGate encoder,
    RunAttempt runAttempt,
    IHostApplicationLifetime lifetime,
    IOptions<WorkerOptions> options,
    TimeProvider timeProvider,
    ILogger<ClaimLoop> log) : BackgroundService
{
    private readonly ConcurrentDictionary<LiveAttempt, Task> _working = new();

    /// <summary>Outlives the claim loop: an attempt that ends during the drain still releases its slot.</summary>
    private readonly SemaphoreSlim _slots = new(options.Value.Concurrency);

    /// <summary>Registers before the server listens, so that the first request finds the engines.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            return;

        await ledger.RegisterAsync(worker.Registration(), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The lifetime's token fires at the signal; the service's own token fires only after other services have stopped.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await ClaimAsync(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogStopping(_working.Count);
        }

        await DrainAsync();
    }

    private async Task ClaimAsync(CancellationToken stopping)
    {
        var poll = TimeSpan.FromMilliseconds(options.Value.PollMilliseconds);
        while (true)
        {
            await _slots.WaitAsync(stopping);
            var seen = workSignal.Version(SignalTopic.Queue);
            if (await encoder.IsOpenAsync(stopping) && await TryClaimAsync(stopping) is { } claim)
            {
                Begin(claim);
            }
            else
            {
                _slots.Release();
                await workSignal.WaitAsync(SignalTopic.Queue, seen, poll, stopping);
            }
        }
    }

    private async Task<ClaimedRun?> TryClaimAsync(CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        try
        {
            // Not cancellable: a committed claim without a reader would block its run for a whole lease.
            return await ledger.ClaimAsync(worker.Claim(), CancellationToken.None);
        }
        catch (Exception e)
        {
            LogClaimFailed(e);
            return null;
        }
    }

    private void Begin(ClaimedRun claim)
    {
        var attempt = new LiveAttempt(claim.Attempt, timeProvider);
        attempts.Add(attempt);
        _working[attempt] = Task.CompletedTask;
        var work = WorkAsync();
        _working.TryUpdate(attempt, work, Task.CompletedTask);

        async Task WorkAsync()
        {
            await Task.Yield();
            try
            {
                LogClaimed(claim.Run.Id, claim.AttemptNumber, claim.Run.EngineId);
                await runAttempt.HandleAsync(claim, attempt);
            }
            catch (Exception e)
            {
                LogAttemptLost(claim.Run.Id, e);
            }
            finally
            {
                attempts.Remove(attempt);
                _working.TryRemove(attempt, out _);
                _slots.Release();
            }
        }
    }

    private async Task DrainAsync()
    {
        var all = Task.WhenAll(_working.Values);
        if (options.Value.DrainSeconds > 0)
            await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), timeProvider));

        foreach (var attempt in _working.Keys)
            attempt.Stop(AttemptStop.HandedBack);

        await all;
    }
}
