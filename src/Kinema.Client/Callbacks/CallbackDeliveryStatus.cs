namespace Kinema.Client;

/// <summary>The states of a callback delivery.</summary>
public static class CallbackDeliveryStatus
{
    /// <summary>An attempt is due or under way.</summary>
    public const string Pending = "pending";

    /// <summary>The receiver answered 2xx.</summary>
    public const string Delivered = "delivered";

    /// <summary>The last attempt failed.</summary>
    public const string Failed = "failed";
}
