using Kinema.Engines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinema.Fleets.Endpoints;

/// <summary>Asks every server of every fleet whether it is there, so that a run need not find out.</summary>
internal sealed partial class FleetHealth(IEnumerable<FleetEngine> fleets, TimeProvider timeProvider, ILogger<FleetHealth> log) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);

    private readonly HashSet<Uri> _down = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, timeProvider);
        do
        {
            foreach (var fleet in fleets)
                await Task.WhenAll(fleet.Pool.Addresses.Select(async address => Note(fleet, address, await IsUpAsync(fleet, address, stoppingToken))));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Any answer but a refusal of service will do: not every server has the route.</summary>
    public static async Task<bool> IsUpAsync(FleetEngine fleet, Uri address, CancellationToken ct)
    {
        try
        {
            return (int)(await fleet.Http.SendAsync(HttpMethod.Get, new(address.AbsoluteUri.TrimEnd('/') + fleet.HealthPath), null, ct)).Status is < 500 or 501;
        }
        catch (Exception e) when (e is FleetAwayException { IsFull: false } or EngineException)
        {
            return false;
        }
        catch (FleetAwayException)
        {
            return true;
        }
    }

    private void Note(FleetEngine fleet, Uri address, bool isUp)
    {
        fleet.Pool.Report(address, isUp);
        bool changed;
        lock (_down)
            changed = isUp ? _down.Remove(address) : _down.Add(address);
        if (changed && isUp)
            LogUp(fleet.Descriptor.Id, address);
        else if (changed)
            LogDown(fleet.Descriptor.Id, address);
    }

    [LoggerMessage(4501, LogLevel.Warning, "{Engine}: {Endpoint} does not answer; it gets no runs")]
    private partial void LogDown(string engine, Uri endpoint);

    [LoggerMessage(4502, LogLevel.Information, "{Engine}: {Endpoint} answers again")]
    private partial void LogUp(string engine, Uri endpoint);
}
