namespace Kinema.Worker.Callbacks;

/// <summary>Counts running deliveries per endpoint.</summary>
internal sealed class EndpointSlots(int perEndpoint)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _inFlight = new(StringComparer.Ordinal);

    /// <summary>Endpoints at their limit.</summary>
    public IReadOnlyCollection<string> Busy
    {
        get
        {
            lock (_gate)
                return [.. _inFlight.Where(e => e.Value >= perEndpoint).Select(e => e.Key)];
        }
    }

    public void Take(string endpoint)
    {
        lock (_gate)
            _inFlight[endpoint] = _inFlight.GetValueOrDefault(endpoint) + 1;
    }

    public void Release(string endpoint)
    {
        lock (_gate)
        {
            if (--_inFlight[endpoint] == 0)
                _inFlight.Remove(endpoint);
        }
    }
}
