using Kinema.Server.Requests;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinema.Server.Lifecycle;

/// <summary>Says once the server listens that callers elsewhere get links they cannot follow. A request's own host name is not used: it may be anybody's.</summary>
internal sealed partial class LocalUrlWarning(ServerAddress address, ILogger<LocalUrlWarning> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (address.HasLocalUrlsOnly)
            LogLocalUrls(address.Bound[0], address.Base);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1101, LogLevel.Warning, "Bound to {Bound} without Server:PublicBaseUrl: every link in answers and callbacks begins with {Base}, which leads callers elsewhere nowhere")]
    private partial void LogLocalUrls(string bound, Uri @base);
}
