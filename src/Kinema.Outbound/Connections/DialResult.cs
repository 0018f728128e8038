namespace Kinema.Outbound.Connections;

/// <summary>What the guard did for one exchange.</summary>
internal sealed class DialResult
{
    /// <summary>Why it would not connect, for the operator's log.</summary>
    public string? Refusal { get; private set; }

    /// <summary>True once connected to an address that is public by itself, not opened by a setting.</summary>
    public bool IsPublic { get; private set; }

    public void Connected(DialedConnection connection) => IsPublic = connection.IsPublic;

    public void Refused(string reason) => Refusal = reason;
}
