using Kinema.Media;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Http;

/// <summary>Runs a worker for a server elsewhere until it is stopped, drained or refused.</summary>
public static class RemoteWorkerHost
{
    /// <param name="configure">Adds the engines and sets <see cref="RemoteWorkerOptions"/>, <see cref="WorkerOptions"/> and media options.</param>
    /// <param name="log">Where the log goes.</param>
    /// <param name="ct">Stops the worker; its runs are handed back, after <see cref="WorkerOptions.DrainSeconds"/>.</param>
    /// <returns>Why the server refused the worker; null if it was stopped or drained.</returns>
    /// <exception cref="OptionsValidationException">An option is wrong; the message names it.</exception>
    public static async Task<string?> RunAsync(Action<IServiceCollection> configure, Action<ILoggingBuilder> log, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(log);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "kinema-worker" });
        log(builder.Logging);

        // A start that fails is what this method returns or throws.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.AddKinemaMedia().AddKinemaRemoteWorker().AddWorkerTelemetry(Environment.GetEnvironmentVariable);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        configure(builder.Services);
        using var host = builder.Build();

        // Before anything is sent: a key must not go over a connection that its operator did not allow.
        _ = host.Services.GetRequiredService<IOptions<RemoteWorkerOptions>>().Value;
        _ = host.Services.GetRequiredService<IOptions<WorkerOptions>>().Value;
        try
        {
            await host.StartAsync(ct);
            await host.WaitForShutdownAsync(ct);
        }
        catch (WorkerRequestException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopped before the server answered.
        }

        return host.Services.GetRequiredService<RemoteWorkerState>().Refusal;
    }

    /// <summary>The program that hosts the worker listens for signals itself.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
