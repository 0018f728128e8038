using Kinema.Server.Requests;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinema.Server.Lifecycle;

/// <summary>
/// Warns at startup if remote callers would get URLs they cannot reach. The server does not use a request's Host header: a client can forge it.
/// </summary>
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

    [LoggerMessage(1101, LogLevel.Warning, "Bound to {Bound} without Server:PublicBaseUrl: every URL in responses and callbacks begins with {Base}, which remote callers cannot reach")]
    private partial void LogLocalUrls(string bound, Uri @base);
}
