namespace Kinema.Fleets.Endpoints;

/// <summary>The servers of a fleet: which one gets the next run, and how many each has. The servers themselves take any number.</summary>
internal sealed class EndpointPool
{
    private readonly Lock _gate = new();
    private readonly int _concurrency;
    private readonly Dictionary<Uri, FleetEndpoint> _endpoints;

    public EndpointPool(FleetOptions fleet)
    {
        _concurrency = fleet.Concurrency;
        _endpoints = fleet.Endpoints.ToDictionary(address => address, address => new FleetEndpoint(address, !fleet.Draining.Contains(address)));
    }

    public IReadOnlyList<Uri> Addresses
    {
        get
        {
            lock (_gate)
                return [.. _endpoints.Keys];
        }
    }

    /// <summary>Takes a place of the server that has the fewest jobs; null where all are full, drained or down.</summary>
    public Place? TryTake()
    {
        lock (_gate)
        {
            var free = _endpoints.Values.Where(endpoint => endpoint is { TakesRuns: true, IsUp: true } && endpoint.Taken < _concurrency).MinBy(endpoint => endpoint.Taken);
            return free is null ? null : Take(free, null);
        }
    }

    /// <summary>Takes the place of a job that an earlier attempt began, also where the server is full: the job is there.</summary>
    public Place Resume(Uri address, string job)
    {
        lock (_gate)
        {
            if (!_endpoints.TryGetValue(address, out var endpoint))
                _endpoints.Add(address, endpoint = new(address, takesRuns: false));
            return Take(endpoint, job);
        }
    }

    public void Report(Uri address, bool isUp)
    {
        lock (_gate)
        {
            if (_endpoints.TryGetValue(address, out var endpoint))
                endpoint.IsUp = isUp;
        }
    }

    /// <summary>Places taken of the server.</summary>
    public int TakenOf(Uri address)
    {
        lock (_gate)
            return _endpoints.TryGetValue(address, out var endpoint) ? endpoint.Taken : 0;
    }

    private Place Take(FleetEndpoint endpoint, string? job)
    {
        endpoint.Taken++;
        var place = new Place(this, endpoint);
        if (job is not null)
        {
            endpoint.Jobs.Add(job);
            place.Job = job;
        }

        return place;
    }

    /// <summary>A place on a server, until it is disposed.</summary>
    internal sealed class Place(EndpointPool pool, FleetEndpoint endpoint) : IDisposable
    {
        private bool _isFree;

        public Uri Address => endpoint.Address;

        public string? Job { get; set; }

        public void Has(string job)
        {
            lock (pool._gate)
                endpoint.Jobs.Add(job);
            Job = job;
        }

        public void Dispose()
        {
            lock (pool._gate)
            {
                if (_isFree)
                    return;
                _isFree = true;
                endpoint.Taken--;
                if (Job is not null)
                    endpoint.Jobs.Remove(Job);
            }
        }
    }
}
