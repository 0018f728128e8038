using System.Collections.Concurrent;
using Kinema.Core.Runs;

namespace Kinema.Worker.Tests.Support;

/// <summary>A ledger in memory that a test can make refuse, fail or ask for cancellation.</summary>
internal sealed class FakeLedger : IWorkerLedger
{
    private readonly ConcurrentQueue<ClaimedRun> _waiting = new();
    private readonly TaskCompletionSource<AttemptOutcome> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool FenceIsCurrent { get; set; } = true;

    public bool CancelRequested { get; set; }

    /// <summary>What heartbeats say of the run's deadline.</summary>
    public TimeSpan? Left { get; set; }

    /// <summary>How many more calls of <see cref="FinishAsync"/> throw.</summary>
    public int BrokenFinishes { get; set; }

    public bool HeartbeatsThrow { get; set; }

    public List<WorkerRegistration> Registrations { get; } = [];

    public ConcurrentQueue<AttemptAppend> Appends { get; } = new();

    public ConcurrentQueue<(AttemptRef Attempt, AttemptOutcome Outcome)> Outcomes { get; } = new();

    public int Claims { get; private set; }

    public int Heartbeats { get; private set; }

    public Task<AttemptOutcome> Finished => _finished.Task;

    public IReadOnlyList<NewRunEvent> Events => [.. Appends.SelectMany(a => a.Events)];

    public void Enqueue(ClaimedRun run) => _waiting.Enqueue(run);

    public Task<bool> RegisterAsync(WorkerRegistration worker, CancellationToken ct)
    {
        Registrations.Add(worker);
        return Task.FromResult(true);
    }

    public Task<ClaimedRun?> ClaimAsync(ClaimRequest claim, CancellationToken ct)
    {
        Claims++;
        return Task.FromResult(_waiting.TryDequeue(out var run) ? run : null);
    }

    public Task<HeartbeatReply> HeartbeatAsync(AttemptRef attempt, CancellationToken ct)
    {
        Heartbeats++;
        return HeartbeatsThrow ? throw new InvalidOperationException("The ledger is away.") : Task.FromResult(new HeartbeatReply(FenceIsCurrent, CancelRequested, Left));
    }

    public Task<bool> AppendAsync(AttemptRef attempt, AttemptAppend append, CancellationToken ct)
    {
        if (FenceIsCurrent)
            Appends.Enqueue(append);
        return Task.FromResult(FenceIsCurrent);
    }

    public Task<bool> FinishAsync(AttemptRef attempt, AttemptOutcome outcome, CancellationToken ct)
    {
        if (BrokenFinishes-- > 0)
            throw new InvalidOperationException("The ledger is away.");

        if (FenceIsCurrent)
        {
            Outcomes.Enqueue((attempt, outcome));
            _finished.TrySetResult(outcome);
        }

        return Task.FromResult(FenceIsCurrent);
    }
}
