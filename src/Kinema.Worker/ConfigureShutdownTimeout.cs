using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Kinema.Worker;

/// <summary>
/// Sets the shutdown timeout: 5 s after the signal plus the drain time. The default of the host, 30 s, is too long without a drain and too short
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
