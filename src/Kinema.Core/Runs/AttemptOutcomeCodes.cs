namespace Kinema.Core.Runs;

/// <summary>How attempts end; see <see cref="AttemptRecord.Outcome"/>.</summary>
public static class AttemptOutcomeCodes
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Canceled = "canceled";
    public const string Retry = "retry";
    public const string HandedBack = "handed_back";

    /// <summary>The lease expired, or the process is dead.</summary>
    public const string Lost = "lost";

    /// <summary>The run's deadline passed.</summary>
    public const string TimedOut = "timed_out";
}
