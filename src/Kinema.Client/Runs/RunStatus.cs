namespace Kinema.Client;

/// <summary>The states of a run. A server may add others that are not final.</summary>
public static class RunStatus
{
    /// <summary>The run waits for a worker.</summary>
    public const string Queued = "queued";

    /// <summary>A worker fetches and checks the inputs.</summary>
    public const string Dispatching = "dispatching";

    /// <summary>The engine has started.</summary>
    public const string Running = "running";

    /// <summary>The run ended with an output.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>The run ended with a part of its outputs. Other servers of the contract have it; Kinema does not.</summary>
    public const string PartiallySucceeded = "partial_succeeded";

    /// <summary>The run ended without an output.</summary>
    public const string Failed = "failed";

    /// <summary>The caller canceled the run.</summary>
    public const string Canceled = "canceled";

    /// <summary>Returns whether the state is final.</summary>
    public static bool IsTerminal(string? status) => status is Succeeded or Failed or Canceled or PartiallySucceeded;
}
