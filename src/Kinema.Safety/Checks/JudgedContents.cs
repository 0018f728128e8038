namespace Kinema.Safety.Checks;

/// <summary>Scores of contents by digest, so that a picture that many runs use is checked once. Holds the last ones only.</summary>
internal sealed class JudgedContents
{
    private const int Capacity = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Scores> _scores = [];
    private readonly Queue<string> _order = [];

    public Scores? Find(string digest)
    {
        lock (_lock)
            return _scores.GetValueOrDefault(digest);
    }

    public void Keep(string digest, Scores scores)
    {
        lock (_lock)
        {
            if (!_scores.TryAdd(digest, scores))
                return;
            _order.Enqueue(digest);
            if (_order.Count > Capacity)
                _scores.Remove(_order.Dequeue());
        }
    }
}
