using Kinema.Core.Runs;
using Kinema.Core.Safety;
using Kinema.Engines;
using Kinema.Worker.Attempts;

namespace Kinema.Worker.Assignments;

/// <summary>A claimed run as its worker sees it: what to generate, where the inputs come from and where the video goes.</summary>
internal abstract class Assignment
{
    public abstract AttemptRef Attempt { get; }

    /// <summary>1 for the first.</summary>
    public abstract int AttemptNumber { get; }

    public abstract string EngineId { get; }

    /// <summary>How long the run has waited for this claim; measured by whoever created it, so that no clocks are compared.</summary>
    public abstract TimeSpan Queued { get; }

    public abstract AttemptLimits Limits { get; }

    /// <inheritdoc cref="Run.TraceParent"/>
    public abstract string? TraceParent { get; }

    /// <summary>Sees the frames as they are made; null where nobody here judges them. A worker elsewhere judges nothing: its server does.</summary>
    public virtual IFrameWatch? Watch => null;

    /// <summary>Creates the folder for files under way.</summary>
    public abstract string CreateScratch();

    public abstract void DeleteScratch();

    /// <summary>Brings the inputs here as local files, with the prompt to generate from.</summary>
    public abstract Task<PreparedRequest> PrepareAsync(string scratch, PhaseLimit limit, AttemptTimings times, AttemptJournal journal, CancellationToken ct);

    /// <summary>Ends a run whose engine does not support it after its media have been seen.</summary>
    /// <returns>The outcome to write; null if the attempt has ended by this.</returns>
    public abstract Task<AttemptOutcome?> RefuseAsync(EngineSupport support, CancellationToken ct);

    /// <summary>Stores the video.</summary>
    /// <returns>The outcome to write; null if the attempt has ended by storing it.</returns>
    public abstract Task<AttemptOutcome?> DeliverAsync(
        VideoRequest request, EngineDescriptor engine, EncodedVideo video, AttemptTimings times, AttemptJournal journal, CancellationToken ct);
}

/// <summary>Time limits of an attempt's phases, seconds.</summary>
internal sealed record AttemptLimits(int FetchSeconds, int GenerateSeconds, int StoreSeconds, int? LoadSeconds = null)
{
    public static AttemptLimits Of(RunPolicy policy) => new(policy.FetchTimeoutSeconds, policy.GenerateTimeoutSeconds, policy.StoreTimeoutSeconds, policy.LoadTimeoutSeconds);
}

/// <summary>The request with its media as local files, or what ends the attempt instead.</summary>
/// <param name="Request">Null if the attempt ends here.</param>
/// <param name="Outcome">The outcome to write; null if there is a request, or if somebody else ended the attempt.</param>
internal sealed record PreparedRequest(VideoRequest? Request, AttemptOutcome? Outcome)
{
    public static PreparedRequest Ready(VideoRequest request) => new(request, null);

    public static PreparedRequest Ended(AttemptOutcome? outcome) => new(null, outcome);
}
