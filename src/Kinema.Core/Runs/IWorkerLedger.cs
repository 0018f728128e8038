using Kinema.Core.Pricing;
using Kinema.Engines;

namespace Kinema.Core.Runs;

/// <summary>
/// The five fenced use cases a worker talks to, and nothing else. In process they are calls; the messages are plain data so that another
/// transport can carry them.
/// </summary>
public interface IWorkerLedger
{
    /// <summary>Publishes what the worker can do. Called at start and when it changes.</summary>
    Task RegisterAsync(WorkerRegistration worker, CancellationToken ct);

    /// <summary>
    /// Takes the oldest waiting run that one of the engines serves, under a lease and a new fence, in one statement; null when none waits. The run is
    /// dispatching from then on, and its history says so.
    /// </summary>
    Task<ClaimedRun?> ClaimAsync(ClaimRequest claim, CancellationToken ct);

    /// <summary>Extends the lease; tells of cancellation.</summary>
    Task<HeartbeatReply> HeartbeatAsync(AttemptRef attempt, CancellationToken ct);

    /// <summary>Adds to the history and moves the run on. False when the fence is no longer current: the attempt must stop.</summary>
    Task<bool> AppendAsync(AttemptRef attempt, AttemptAppend append, CancellationToken ct);

    /// <summary>
    /// Ends the attempt. A terminal outcome writes state, output, cost, ledger lines, events, artifacts and the outbox row in one transaction.
    /// False when the fence is no longer current: nothing was written.
    /// </summary>
    Task<bool> FinishAsync(AttemptRef attempt, AttemptOutcome outcome, CancellationToken ct);
}

/// <param name="WorkerId">One life of one worker.</param>
/// <param name="InstanceId">The server process it lives in; a predecessor's leases are reclaimed at once.</param>
public sealed record WorkerRegistration(Guid WorkerId, Guid InstanceId, string Name, int Capacity, IReadOnlyList<EngineDescriptor> Engines);

public sealed record ClaimRequest(Guid WorkerId, Guid InstanceId, IReadOnlyList<string> EngineIds);

/// <summary>Names one attempt; every write of it carries the fence.</summary>
public sealed record AttemptRef(Guid RunId, long Fence, Guid WorkerId);

/// <param name="Attempt">What the worker presents from now on.</param>
/// <param name="AttemptNumber">1 for the first.</param>
/// <param name="Inputs">Inputs fetched by an earlier attempt; they are not fetched again.</param>
/// <param name="Checkpoint">Last checkpoint of an earlier attempt, or null.</param>
public sealed record ClaimedRun(AttemptRef Attempt, int AttemptNumber, Run Run, IReadOnlyList<RunInput> Inputs, string? Checkpoint);

public sealed record HeartbeatReply(bool FenceIsCurrent, bool CancelRequested);

/// <summary>What an attempt adds while it works.</summary>
public sealed record AttemptAppend
{
    public IReadOnlyList<NewRunEvent> Events { get; init; } = [];

    /// <summary>Moves the run to dispatching or running; its status event is implied. Null leaves it.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Inputs fetched and checked.</summary>
    public IReadOnlyList<RunInput> Inputs { get; init; } = [];

    public string? Checkpoint { get; init; }
}

/// <summary>A fetched input of a run: which field, and the content's digest in the organisation's content store.</summary>
public sealed record RunInput(string Field, string? SourceUri, string Digest, string ContentType, long SizeBytes, int? Width, int? Height)
{
    /// <summary>Length of a clip or sound, by decoding it; null for pictures.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether a clip has sound; true for sounds.</summary>
    public bool HasAudio { get; init; }

    /// <summary>How much of the sound is damaged and missing, seconds.</summary>
    public double LostSeconds { get; init; }

    /// <summary>What the inspection found inside a clip or sound, for whoever decodes it; opaque here.</summary>
    public string? Details { get; init; }
}

/// <summary>How an attempt ended.</summary>
public abstract record AttemptOutcome
{
    private AttemptOutcome()
    {
    }

    /// <summary>The video is stored. Charged: the delivered seconds, never more than was held.</summary>
    public sealed record Succeeded(RunOutput Output, Money Cost) : AttemptOutcome;

    /// <summary>The run is over.</summary>
    public sealed record Failed(RunFailure Failure) : AttemptOutcome;

    /// <summary>The worker stopped because the caller asked.</summary>
    public sealed record Canceled : AttemptOutcome;

    /// <summary>The attempt broke in a way that another may not; the run waits again unless its attempts are spent.</summary>
    public sealed record Retry(RunFailure Failure, TimeSpan Delay) : AttemptOutcome;

    /// <summary>The worker is shutting down; the run waits again and the attempt does not count.</summary>
    public sealed record HandedBack : AttemptOutcome;
}
