namespace Kinema.Outbound;

/// <summary>Why a connection is made; each purpose has its own list of opened ranges.</summary>
public enum OutboundPurpose
{
    /// <summary>A caller's media URL.</summary>
    Media,

    /// <summary>A caller's callback or webhook URL.</summary>
    Callbacks,

    /// <summary>An endpoint from the operator's own configuration.</summary>
    Operator,
}
