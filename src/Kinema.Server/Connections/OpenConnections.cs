using Microsoft.AspNetCore.Connections;

namespace Kinema.Server.Connections;

/// <summary>
/// Counts connections. At the busy bound a new connection takes the place of those that have been idle longest, so that connections without requests
/// cannot shut out callers with some; above the maximum it is closed.
/// </summary>
internal sealed class OpenConnections(ConnectionBounds bounds, TimeProvider timeProvider)
{
    /// <summary>A new connection needs a moment to send its request, and a client a moment to send its next one.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly LinkedList<TrackedConnection> _idle = [];
    private int _open;

    public bool AreTooMany => Volatile.Read(ref _open) > bounds.Busy;

    /// <summary>Serves a connection from its acceptance to its end.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var tracked = new TrackedConnection(connection);
        var (accepted, evicted) = Enter(tracked);
        foreach (var idle in evicted)
            idle.Connection.Abort(new ConnectionAbortedException("Idle longest when another connection needed the place."));
        if (!accepted)
        {
            connection.Abort(new ConnectionAbortedException("More connections than Server:MaxConnections."));
            return;
        }

        connection.Features.Set(tracked);
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(tracked);
        }
    }

    public void BeginRequest(TrackedConnection connection)
    {
        lock (_lock)
        {
            connection.Requests++;
            RemoveFromIdle(connection);
        }
    }

    public void EndRequest(TrackedConnection connection)
    {
        lock (_lock)
        {
            // HTTP/2 has many requests on one connection.
            if (--connection.Requests == 0 && !connection.IsEvicted)
                AddToIdle(connection);
        }
    }

    private (bool Accepted, IReadOnlyList<TrackedConnection> Evicted) Enter(TrackedConnection connection)
    {
        lock (_lock)
        {
            var evicted = EvictIdle();
            if (_open >= bounds.Max)
                return (false, evicted);

            _open++;
            AddToIdle(connection);
            return (true, evicted);
        }
    }

    private void Leave(TrackedConnection connection)
    {
        lock (_lock)
        {
            RemoveFromIdle(connection);
            if (!connection.IsEvicted)
                _open--;

            // A request that is still being answered must not return to the list.
            connection.IsEvicted = true;
        }
    }

    private List<TrackedConnection> EvictIdle()
    {
        var evicted = new List<TrackedConnection>();
        while (_open >= bounds.Busy && _idle.First?.Value is { } longest && timeProvider.GetElapsedTime(longest.IdleSince) >= _grace)
        {
            RemoveFromIdle(longest);
            longest.IsEvicted = true;
            _open--;
            evicted.Add(longest);
        }

        return evicted;
    }

    private void AddToIdle(TrackedConnection connection)
    {
        connection.IdleSince = timeProvider.GetTimestamp();
        connection.Idle = _idle.AddLast(connection);
    }

    private void RemoveFromIdle(TrackedConnection connection)
    {
        if (connection.Idle is { } place)
            _idle.Remove(place);
        connection.Idle = null;
    }
}
