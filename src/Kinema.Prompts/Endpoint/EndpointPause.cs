namespace Kinema.Prompts.Endpoint;

/// <summary>Leaves an endpoint alone for a minute after three failures in a row, so that runs do not wait for one that is down.</summary>
internal sealed class EndpointPause(TimeProvider timeProvider)
{
    private const int Failures = 3;
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private int _failed;
    private long _since;

    public bool IsOn
    {
        get
        {
            lock (_lock)
                return _failed >= Failures && timeProvider.GetElapsedTime(_since) < _pause;
        }
    }

    public void Note(bool succeeded)
    {
        lock (_lock)
        {
            _failed = succeeded ? 0 : _failed + 1;
            _since = timeProvider.GetTimestamp();
        }
    }
}
