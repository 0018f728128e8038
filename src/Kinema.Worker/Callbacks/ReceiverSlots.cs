using Kinema.Core.Callbacks;

namespace Kinema.Worker.Callbacks;

/// <summary>
/// Counts running deliveries per endpoint and per organisation, and backs off from endpoints that hang: each timeout in a row doubles the pause, from 1 s to
/// 1 min; an answer ends it.
/// </summary>
internal sealed class ReceiverSlots(int perEndpoint, int perOrganization, TimeProvider timeProvider)
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Endpoint> _endpoints = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, int> _organizations = [];

    /// <summary>Receivers that get nothing more now.</summary>
    public BusyReceivers Busy
    {
        get
        {
            lock (_gate)
            {
                return new(
                    [.. _endpoints.Where(e => e.Value.InFlight >= perEndpoint || IsPaused(e.Value)).Select(e => e.Key)],
                    [.. _organizations.Where(o => o.Value >= perOrganization).Select(o => o.Key)]);
            }
        }
    }

    public void Take(Delivery delivery)
    {
        lock (_gate)
        {
            var endpoint = CallbackEndpoint.Of(delivery.CallbackUrl);
            if (!_endpoints.TryGetValue(endpoint, out var state))
                _endpoints[endpoint] = state = new();
            state.InFlight++;
            _organizations[delivery.OrgId] = _organizations.GetValueOrDefault(delivery.OrgId) + 1;
        }
    }

    /// <param name="delivery">The delivery that ended.</param>
    /// <param name="timedOut">Whether the receiver hung; null if the attempt was cancelled or failed before it reached the receiver.</param>
    public void Release(Delivery delivery, bool? timedOut)
    {
        lock (_gate)
        {
            var endpoint = CallbackEndpoint.Of(delivery.CallbackUrl);
            var state = _endpoints[endpoint];
            state.InFlight--;
            if (timedOut == true)
                Pause(state);
            else if (timedOut == false)
                state.Timeouts = 0;

            if (--_organizations[delivery.OrgId] == 0)
                _organizations.Remove(delivery.OrgId);
            Forget();
        }
    }

    private void Pause(Endpoint state)
    {
        var pause = TimeSpan.FromTicks(Math.Min(_firstPause.Ticks << Math.Min(state.Timeouts, 10), _longestPause.Ticks));
        state.Timeouts++;
        state.PausedAt = timeProvider.GetTimestamp();
        state.Pause = pause;
    }

    private bool IsPaused(Endpoint state) => state.Timeouts > 0 && timeProvider.GetElapsedTime(state.PausedAt) < state.Pause;

    /// <summary>Forgets endpoints that answer, and those that nothing was sent to for twice the longest pause.</summary>
    private void Forget()
    {
        foreach (var (endpoint, state) in _endpoints)
        {
            if (state.InFlight == 0 && (state.Timeouts == 0 || timeProvider.GetElapsedTime(state.PausedAt) > 2 * _longestPause))
                _endpoints.Remove(endpoint);
        }
    }

    private sealed class Endpoint
    {
        public int InFlight { get; set; }
        public int Timeouts { get; set; }
        public long PausedAt { get; set; }
        public TimeSpan Pause { get; set; }
    }
}
