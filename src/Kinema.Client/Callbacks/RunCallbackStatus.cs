namespace Kinema.Client;

/// <summary>The outcomes in callbacks. The last one is spelled with two l here, with one in the run record.</summary>
public static class RunCallbackStatus
{
    /// <summary>The run ended with an output.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>The run ended without an output.</summary>
    public const string Failed = "failed";

    /// <summary>The caller canceled the run.</summary>
    public const string Canceled = "cancelled";
}
