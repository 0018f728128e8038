namespace Kinema.Outbound.Connections;

/// <summary>Result of connecting for one exchange.</summary>
internal sealed class DialResult
{
    /// <summary>Reason why the guard refused to connect, for the operator's log.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether the connection goes to a public address, not to one that a setting allowed.</summary>
    public bool IsPublic { get; private set; }

    public void Connected(DialedConnection connection) => IsPublic = connection.IsPublic;

    public void Refused(string reason) => Refusal = reason;
}
