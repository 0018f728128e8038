using System.Collections.Concurrent;
using Kinema.Worker.Assignments;
using Kinema.Worker.Attempts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Claiming;

/// <summary>
/// Claims runs, as many as their engines have room for and only while videos can be encoded here. At shutdown it stops claiming at once, lets running attempts
/// continue for the drain time and hands the others back.
/// </summary>
internal sealed partial class ClaimLoop(
    IWorkSource source,
    LiveAttempts attempts,
    EngineSlots engines,
    EncoderGate encoder,
    RunAttempt runAttempt,
    IHostApplicationLifetime lifetime,
    IOptions<WorkerOptions> options,
    TimeProvider timeProvider,
    ILogger<ClaimLoop> log) : BackgroundService
{
    private readonly ConcurrentDictionary<LiveAttempt, Task> _working = new();

    /// <summary>Registers before the server listens, so that the first request finds the engines.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            return;

        await source.RegisterAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
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
        await source.LeaveAsync();
    }

    private async Task ClaimAsync(CancellationToken stopping)
    {
        var poll = TimeSpan.FromMilliseconds(options.Value.PollMilliseconds);
        while (true)
        {
            var free = await engines.WithRoomAsync(stopping);
            if (!await encoder.IsOpenAsync(stopping))
                await Task.Delay(poll, timeProvider, stopping);
            else if (await source.ClaimAsync(free, stopping) is { } assignment)
                Begin(assignment);
        }
    }

    private void Begin(Assignment assignment)
    {
        var attempt = new LiveAttempt(assignment.Attempt, timeProvider);
        attempts.Add(attempt);
        engines.Take(assignment);
        _working[attempt] = Task.CompletedTask;
        var work = WorkAsync();
        _working.TryUpdate(attempt, work, Task.CompletedTask);

        async Task WorkAsync()
        {
            await Task.Yield();
            try
            {
                LogClaimed(assignment.Attempt.RunId, assignment.AttemptNumber, assignment.EngineId);
                await runAttempt.HandleAsync(assignment, attempt);
            }
            catch (Exception e)
            {
                LogAttemptLost(assignment.Attempt.RunId, e);
            }
            finally
            {
                attempts.Remove(attempt);
                engines.Release(assignment);
                _working.TryRemove(attempt, out _);
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
