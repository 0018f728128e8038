using System.Collections.Concurrent;
using Kinema.Server.Configuration;
using Kinema.Server.Errors;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Runs;

/// <summary>Limits open event streams per organisation, so that one cannot use all connections of the server.</summary>
internal sealed class EventStreams(IOptions<ServerOptions> options)
{
    private readonly ConcurrentDictionary<Guid, int> _open = new();

    /// <summary>The answer where <see cref="TryOpen"/> gave nothing.</summary>
    public static ApiError Full() =>
        ApiErrors.RateLimited("This organisation has as many event streams open as it may; close one or poll the run.", TimeSpan.FromSeconds(5));

    /// <returns>Dispose it when the stream ends; null when the organisation has enough open.</returns>
    public IDisposable? TryOpen(Guid orgId)
    {
        if (_open.AddOrUpdate(orgId, 1, (_, count) => count + 1) <= options.Value.MaxEventStreamsPerOrganization)
            return new Slot(this, orgId);

        Close(orgId);
        return null;
    }

    private void Close(Guid orgId)
    {
        var left = _open.AddOrUpdate(orgId, 0, (_, count) => count - 1);
        if (left == 0)
            _open.TryRemove(KeyValuePair.Create(orgId, 0));
    }

    private sealed class Slot(EventStreams streams, Guid orgId) : IDisposable
    {
        public void Dispose() => streams.Close(orgId);
    }
}
