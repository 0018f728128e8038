using Microsoft.AspNetCore.Connections;

namespace Kinema.Server.Connections;

/// <summary>A connection and its place in the list of idle ones. Guarded by the lock of <see cref="OpenConnections"/>.</summary>
internal sealed class TrackedConnection(ConnectionContext connection)
{
    public ConnectionContext Connection => connection;

    /// <summary>Requests being served.</summary>
    public int Requests { get; set; }

    /// <summary>Null while a request is served.</summary>
    public LinkedListNode<TrackedConnection>? Idle { get; set; }

    public long IdleSince { get; set; }

    /// <summary>It was closed to make room and no longer counts.</summary>
    public bool IsEvicted { get; set; }
}
