using System.Reflection;
using Kinema.Core.Runs;
using Kinema.Worker.Assignments;
using Kinema.Worker.Attempts;
using Kinema.Worker.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Http;

/// <summary>Runs of a server elsewhere, over the worker protocol.</summary>
internal sealed partial class HttpWorkSource(
    WorkerServer server,
    EngineSet engines,
    LiveAttempts attempts,
    Updates updates,
    RemoteAssignments assignments,
    RemoteWorkerState state,
    IHostApplicationLifetime lifetime,
    IOptions<WorkerOptions> options,
    TimeProvider timeProvider,
    ILogger<HttpWorkSource> log) : IWorkSource
{
    private static readonly TimeSpan _firstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(10);

    private readonly Batch<AttemptKey, AttemptState> _heartbeats = new(WorkerProtocol.MaxAttempts, keys => BeatAsync(server, keys));
    private int _failedClaims;

    public TimeSpan Lease { get; private set; } = TimeSpan.FromSeconds(30);

    /// <summary>Waits for the server until <paramref name="ct"/> is cancelled.</summary>
    public async Task RegisterAsync(CancellationToken ct)
    {
        var registered = await server.SendAsync(
            "/registrations",
            new RegisterWorker(options.Value.Name, Version, options.Value.Concurrency, engines.Descriptors, server.WorkerId),
            WorkerProtocolJson.Default.RegisterWorker,
            WorkerProtocolJson.Default.WorkerRegistered,
            TimeSpan.Zero,
            retry: true,
            ct);
        server.WorkerId = registered.WorkerId;
        Lease = TimeSpan.FromSeconds(registered.LeaseSeconds);
        LogRegistered(registered.WorkerId);
    }

    public async Task<Assignment?> ClaimAsync(IReadOnlyList<string> engineIds, CancellationToken stopping)
    {
        try
        {
            var holding = attempts.All.Select(attempt => new AttemptKey(attempt.Ref.RunId, attempt.Ref.Fence)).ToList();
            var reply = await server.SendAsync(
                "/claims",
                new ClaimWork(engineIds, WorkerProtocol.LongestPollSeconds, holding, engines.LoadedOf(engineIds)),
                WorkerProtocolJson.Default.ClaimWork,
                WorkerProtocolJson.Default.ClaimReply,
                TimeSpan.FromSeconds(WorkerProtocol.LongestPollSeconds),
                retry: false,
                stopping);
            _failedClaims = 0;
            if (reply.Drain)
                Drain();
            return reply.Work is { } work ? assignments.Create(work, server.WorkerId!.Value) : null;
        }
        catch (WorkerRequestException e) when (e.IsFinal)
        {
            End(e);
            return null;
        }
        catch (WorkerRequestException e) when (e.Code == "WORKER_UNKNOWN")
        {
            await RegisterAsync(stopping);
            return null;
        }
        catch (WorkerRequestException e)
        {
            LogClaimFailed(e.Message);
            await Task.Delay(NextWait(), timeProvider, stopping);
            return null;
        }
    }

    public async Task<HeartbeatReply> HeartbeatAsync(AttemptRef attempt, CancellationToken ct)
    {
        try
        {
            var answer = await _heartbeats.AddAsync(new(attempt.RunId, attempt.Fence)).WaitAsync(ct);
            return new(answer.IsCurrent, answer.CancelRequested, answer.LeftMs is { } left ? TimeSpan.FromMilliseconds(left) : null);
        }
        catch (WorkerRequestException e) when (e.IsFinal)
        {
            End(e);
            return new(FenceIsCurrent: false, CancelRequested: false);
        }
    }

    public Task<bool> AppendAsync(AttemptRef attempt, AttemptAppend append, CancellationToken ct) => updates.AddAsync(attempt, append, ct);

    public async Task<bool> FinishAsync(AttemptRef attempt, AttemptOutcome outcome)
    {
        // As long as the lease can live without a heartbeat; after that the run is another worker's.
        using var limit = new CancellationTokenSource(Lease, timeProvider);
        try
        {
            var reply = await server.SendAsync(
                Paths.Attempt(attempt, "outcome"), Outcomes.ToMessage(outcome), WorkerProtocolJson.Default.EndAttempt, WorkerProtocolJson.Default.EndReply, TimeSpan.Zero, retry: true, limit.Token);
            return reply.IsAccepted;
        }
        catch (WorkerRequestException e) when (e.IsNotHeld)
        {
            return false;
        }
    }

    public async Task LeaveAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3), timeProvider);
        try
        {
            using var response = await server.SendAsync(
                () => new(HttpMethod.Delete, $"{WorkerProtocol.Root}/registrations/{server.WorkerId}"), HttpCompletionOption.ResponseContentRead, timeout: null, retry: false, limit.Token);
        }
        catch (Exception e) when (e is WorkerRequestException or OperationCanceledException)
        {
            LogNotLeft(e.Message);
        }
    }

    private static string Version { get; } =
        typeof(HttpWorkSource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    private static async Task<IReadOnlyList<AttemptState>> BeatAsync(WorkerServer server, IReadOnlyList<AttemptKey> keys) =>
        (await server.SendAsync(
            "/heartbeats", new SendHeartbeats(keys), WorkerProtocolJson.Default.SendHeartbeats, WorkerProtocolJson.Default.HeartbeatsReply, TimeSpan.Zero, retry: false, CancellationToken.None)).Attempts;

    /// <summary>With jitter, so that workers which lost the same server do not come back at the same moment.</summary>
    private TimeSpan NextWait()
    {
        var longest = Math.Min(_longestWait.TotalSeconds, _firstWait.TotalSeconds * Math.Pow(2, _failedClaims++));
        return TimeSpan.FromSeconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    /// <summary>An operator drains this worker: it ends when its runs have.</summary>
    private void Drain()
    {
        if (attempts.All.Count > 0 || state.IsEnding)
            return;

        LogDrained();
        state.IsEnding = true;
        lifetime.StopApplication();
    }

    private void End(WorkerRequestException refusal)
    {
        state.Refusal ??= refusal.Message;
        if (state.IsEnding)
            return;

        LogRefused(refusal.Message);
        state.IsEnding = true;
        lifetime.StopApplication();
    }

    [LoggerMessage(4300, LogLevel.Information, "Registered as worker {WorkerId}")]
    private partial void LogRegistered(Guid workerId);

    [LoggerMessage(4301, LogLevel.Warning, "No run could be claimed: {Problem}")]
    private partial void LogClaimFailed(string problem);

    [LoggerMessage(4302, LogLevel.Information, "This worker was drained; it ends")]
    private partial void LogDrained();

    [LoggerMessage(4303, LogLevel.Error, "This worker may not go on; it ends: {Problem}")]
    private partial void LogRefused(string problem);

    [LoggerMessage(4304, LogLevel.Warning, "The server could not be told that this worker ends: {Problem}")]
    private partial void LogNotLeft(string problem);
}
