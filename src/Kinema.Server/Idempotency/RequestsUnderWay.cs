using System.Collections.Concurrent;
using Kinema.Core.Idempotency;

namespace Kinema.Server.Idempotency;

/// <summary>The requests with a key that are being answered, so that a repetition cannot overtake the first. At most one for each connection.</summary>
internal sealed class RequestsUnderWay
{
    private readonly ConcurrentDictionary<IdempotencyScope, byte> _scopes = new();

    /// <returns>Dispose it once the answer is stored; null while another request with this key is under way.</returns>
    public IDisposable? TryBegin(IdempotencyScope scope) => _scopes.TryAdd(scope, 0) ? new Use(_scopes, scope) : null;

    private sealed class Use(ConcurrentDictionary<IdempotencyScope, byte> scopes, IdempotencyScope scope) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            // A second call must not end the next request with this key.
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                scopes.TryRemove(scope, out _);
        }
    }
}
