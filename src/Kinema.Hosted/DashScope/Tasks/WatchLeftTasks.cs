using Kinema.Core.Upstream;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Hosted.DashScope.Tasks;

/// <summary>
/// Watches tasks whose runs have ended without them, cancelled ones above all: a task that still waits is cancelled, one that runs is watched to its end, because it is
/// paid for all the same.
/// </summary>
internal sealed partial class WatchLeftTasks(
    DashScopeClient client, DashScopeAccount account, IUpstreamTasks tasks, EndTask end, IOptions<HostedOptions> options, TimeProvider timeProvider, ILogger<WatchLeftTasks> log)
    : BackgroundService
{
    /// <summary>A task that waits may start at any time, and then costs money.</summary>
    private static readonly TimeSpan _longestInterval = TimeSpan.FromSeconds(2);

    /// <summary>Tasks that cannot be cancelled any more, and when they were last asked for.</summary>
    private readonly Dictionary<string, long> _running = new(StringComparer.Ordinal);

    private TimeSpan Interval => TimeSpan.FromSeconds(options.Value.DashScope.PollSeconds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval < _longestInterval ? Interval : _longestInterval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e is ProviderAwayException or ProviderException ? e.Message : e.ToString());
            }
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        foreach (var task in await tasks.ListLeftAsync(account.Lane, ct))
        {
            if (task.TaskId is not { } id)
                await GiveUpAsync(task, ct);
            else
                await LookAsync(task, id, ct);
        }
    }

    private async Task LookAsync(UpstreamTask task, string id, CancellationToken ct)
    {
        if (_running.TryGetValue(id, out var asked))
        {
            if (timeProvider.GetElapsedTime(asked) < Interval)
                return;
        }
        else if (await client.CancelAsync(id, ct))
        {
            LogCanceled(task.Key, id);
        }

        var reply = await client.QueryAsync(id, ct);
        if (reply.Status == Wire.TaskStatus.Running)
            _running[id] = timeProvider.GetTimestamp();
        if (!reply.IsFinal && (reply.Status != Wire.TaskStatus.Unknown || timeProvider.GetUtcNow() - task.SentAt < LostAnswer.Unknown))
            return;

        _running.Remove(id);
        await end.HandleAsync(task.Key, reply, ct);
        LogEnded(task.Key, id, reply.Status);
    }

    private async Task GiveUpAsync(UpstreamTask lost, CancellationToken ct)
    {
        if (timeProvider.GetUtcNow() - lost.SentAt > TimeSpan.FromHours(options.Value.DashScope.ReconcileHours))
            await tasks.EndedAsync(lost.Key, UpstreamOutcome.Unknown, cost: null, ct);
    }

    [LoggerMessage(7011, LogLevel.Information, "Run {RunId}: its task {TaskId} was cancelled at the provider.")]
    private partial void LogCanceled(string runId, string taskId);

    [LoggerMessage(7012, LogLevel.Information, "Run {RunId}: its task {TaskId} ended at the provider after the run: {Status}.")]
    private partial void LogEnded(string runId, string taskId, Wire.TaskStatus status);

    [LoggerMessage(7013, LogLevel.Warning, "Tasks whose runs have ended could not be looked at: {Reason}")]
    private partial void LogFailed(string reason);
}
