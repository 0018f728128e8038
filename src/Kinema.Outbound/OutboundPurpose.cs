namespace Kinema.Outbound;

/// <summary>Purpose of a connection; each purpose has its own allowed ranges.</summary>
public enum OutboundPurpose
{
    /// <summary>A caller's media URL.</summary>
    Media,

    /// <summary>A caller's callback or webhook URL.</summary>
    Callbacks,

    /// <summary>An endpoint from the operator's own configuration.</summary>
    Operator,
}
