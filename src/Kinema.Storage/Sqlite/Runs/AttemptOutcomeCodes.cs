namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Values of the column <c>attempts.outcome</c>.</summary>
internal static class AttemptOutcomeCodes
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
