namespace Kinema.Client;

/// <summary>The types of events. A server may add others.</summary>
public static class RunEventType
{
    /// <summary>The run has a new state.</summary>
    public const string Status = "status";

    /// <summary>The run advanced within a stage.</summary>
    public const string Progress = "progress";

    /// <summary>A line of the run's log.</summary>
    public const string Log = "log";

    /// <summary>The run has a new preview.</summary>
    public const string Preview = "preview";
}
