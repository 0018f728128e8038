using System.Diagnostics.CodeAnalysis;

namespace Kinema.Safety.Checks;

/// <summary>Results by digest, so that the checker looks only once at what many runs use. Holds the last ones only.</summary>
internal sealed class Remembered<T>
{
    private const int Capacity = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, T> _results = [];
    private readonly Queue<string> _order = [];

    public bool TryFind(string digest, [MaybeNullWhen(false)] out T result)
    {
        lock (_lock)
            return _results.TryGetValue(digest, out result);
    }

    public void Keep(string digest, T result)
    {
        lock (_lock)
        {
            if (!_results.TryAdd(digest, result))
                return;
            _order.Enqueue(digest);
            if (_order.Count > Capacity)
                _results.Remove(_order.Dequeue());
        }
    }
}
