using Kinema.Core.Pricing;
using Kinema.Core.Prompts;
using Kinema.Core.Workers;
using Kinema.Engines;

namespace Kinema.Core.Runs;

/// <summary>
/// The run store for workers: five fenced operations. The messages are plain data, so that another
/// transport could carry them.
/// </summary>
public interface IWorkerLedger
{
    /// <summary>Registers a worker and its engines. Called at startup and after changes.</summary>
    /// <returns>False if another key's worker, or one of the server, has this id; nothing was written.</returns>
    Task<bool> RegisterAsync(WorkerRegistration worker, CancellationToken ct);

    /// <summary>
    /// Claims the oldest queued run of one of the engines, with a lease and a new fence, in one statement; null if there is none. The run is
    /// then dispatching and has an event for it. A worker that is draining gets none.
    /// </summary>
    Task<ClaimedRun?> ClaimAsync(ClaimRequest claim, CancellationToken ct);

    /// <summary>Extends the lease and reports a requested cancellation.</summary>
    Task<HeartbeatReply> HeartbeatAsync(AttemptRef attempt, CancellationToken ct);

    /// <summary>
    /// Adds events and updates the run, once for each <see cref="AttemptAppend.Sequence"/>. Returns false if the fence is no longer current: the attempt must stop.
    /// </summary>
    Task<bool> AppendAsync(AttemptRef attempt, AttemptAppend append, CancellationToken ct);

    /// <summary>
    /// Ends the attempt. A terminal outcome writes state, output, cost, ledger lines, events, artifacts and the outbox row in one transaction.
    /// False when the fence is no longer current: nothing was written.
    /// </summary>
    Task<bool> FinishAsync(AttemptRef attempt, AttemptOutcome outcome, CancellationToken ct);
}

/// <param name="WorkerId">Id of a worker process.</param>
/// <param name="InstanceId">Id of the server process; leases of earlier instances are released at once.</param>
public sealed record WorkerRegistration(Guid WorkerId, Guid InstanceId, string Name, int Capacity, IReadOnlyList<EngineDescriptor> Engines)
{
    /// <summary>Null for a worker in the server's process.</summary>
    public RemoteWorkerFacts? Remote { get; init; }
}

public sealed record ClaimRequest(Guid WorkerId, Guid InstanceId, IReadOnlyList<string> EngineIds);

/// <summary>Identifies an attempt; every write of it carries the fence.</summary>
public sealed record AttemptRef(Guid RunId, long Fence, Guid WorkerId);

/// <param name="Attempt">Reference for all further calls.</param>
/// <param name="AttemptNumber">1 for the first.</param>
/// <param name="Inputs">Inputs fetched by an earlier attempt; they are not fetched again.</param>
/// <param name="Checkpoint">Last checkpoint of an earlier attempt, or null.</param>
public sealed record ClaimedRun(AttemptRef Attempt, int AttemptNumber, Run Run, IReadOnlyList<RunInput> Inputs, string? Checkpoint);

/// <param name="FenceIsCurrent">False if the attempt must stop: the run may belong to another worker by now.</param>
/// <param name="CancelRequested">Whether the caller cancelled the run.</param>
/// <param name="Left">Time until the run fails whatever it is doing; null if the attempt is no longer current, or a server of an older version does not say it.</param>
public sealed record HeartbeatReply(bool FenceIsCurrent, bool CancelRequested, TimeSpan? Left = null);

/// <summary>Update of a running attempt.</summary>
public sealed record AttemptAppend
{
    public IReadOnlyList<NewRunEvent> Events { get; init; } = [];

    /// <summary>Moves the run to dispatching or running; its status event is implied. Null leaves it.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Fetched and inspected inputs.</summary>
    public IReadOnlyList<RunInput> Inputs { get; init; } = [];

    public string? Checkpoint { get; init; }

    /// <summary>What became of the prompt; takes the place of an earlier one.</summary>
    public PromptExpansion? Expansion { get; init; }

    /// <summary>What the operator pays providers for this attempt.</summary>
    public IReadOnlyList<ProviderCost> ProviderCosts { get; init; } = [];

    /// <summary>
    /// Number of this message within its attempt, from 1 and rising; one that is not greater than the last that was stored is acknowledged without writing anything,
    /// so that a worker that missed the answer can repeat itself. Null: always written.
    /// </summary>
    public long? Sequence { get; init; }

    /// <summary>Takes the place of the last one; its event is implied.</summary>
    public RunPreview? Preview { get; init; }
}

/// <summary>A fetched input of a run; the organisation's content store has the content.</summary>
public sealed record RunInput(string Field, string? SourceUri, string Digest, string ContentType, long SizeBytes, int? Width, int? Height)
{
    /// <summary>Decoded duration of a video or audio file, seconds; null for images.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether a video has an audio track; true for audio files.</summary>
    public bool HasAudio { get; init; }

    /// <summary>Length of damaged audio that is missing, seconds.</summary>
    public double LostSeconds { get; init; }

    /// <summary>Opaque stream details from the inspection for the decoder.</summary>
    public string? Details { get; init; }
}

/// <summary>Outcome of an attempt.</summary>
public abstract record AttemptOutcome
{
    private AttemptOutcome()
    {
    }

    /// <summary>For traces and metrics.</summary>
    public string Name => this switch
    {
        Succeeded => "succeeded",
        Failed => "failed",
        Canceled => "canceled",
        Retry => "retry",
        _ => "handed_back",
    };

    /// <summary>Why it failed; null if it did not.</summary>
    public RunFailure? Cause => this switch
    {
        Failed failed => failed.Failure,
        Retry retry => retry.Failure,
        _ => null,
    };

    /// <summary>The video is stored. Charged: the delivered seconds, never more than was held.</summary>
    public sealed record Succeeded(RunOutput Output, Money Cost) : AttemptOutcome;

    /// <summary>The run failed permanently.</summary>
    public sealed record Failed(RunFailure Failure) : AttemptOutcome;

    /// <summary>The worker stopped because the caller cancelled the run.</summary>
    public sealed record Canceled : AttemptOutcome;

    /// <summary>The attempt failed, but another may succeed; the run is queued again unless its attempts are used up.</summary>
    public sealed record Retry(RunFailure Failure, TimeSpan Delay) : AttemptOutcome;

    /// <summary>The worker is shutting down, or the engine busy; the run is queued again and the attempt does not count.</summary>
    public sealed record HandedBack(TimeSpan Delay = default) : AttemptOutcome;
}
