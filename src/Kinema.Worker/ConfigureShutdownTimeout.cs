using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Kinema.Worker;

/// <summary>
/// Bounds the shutdown: within 5 s of the signal, or the drain time more. The host's own default of 30 s is too long for the first and too short
/// for a video.
/// </summary>
internal sealed class ConfigureShutdownTimeout(IOptions<WorkerOptions> options) : IConfigureOptions<HostOptions>
{
    public void Configure(HostOptions host)
    {
        host.ShutdownTimeout = TimeSpan.FromSeconds(4 + options.Value.DrainSeconds);
        host.ServicesStopConcurrently = true;
    }
}
