namespace Kinema.Client;

/// <summary>The events that callbacks tell of.</summary>
public static class RunCallbackEvent
{
    /// <summary>The run succeeded.</summary>
    public const string Completed = "run.completed";

    /// <summary>The run failed.</summary>
    public const string Failed = "run.failed";

    /// <summary>The run was canceled.</summary>
    public const string Canceled = "run.cancelled";
}
