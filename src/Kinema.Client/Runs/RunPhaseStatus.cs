namespace Kinema.Client;

/// <summary>The states of a phase.</summary>
public static class RunPhaseStatus
{
    /// <summary>The phase is under way.</summary>
    public const string Running = "running";

    /// <summary>The phase is done.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>The phase failed, and its attempt with it.</summary>
    public const string Failed = "failed";

    /// <summary>The run was canceled, or the attempt was handed back.</summary>
    public const string Canceled = "canceled";
}
