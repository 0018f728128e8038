using System.Net;
using System.Net.Http.Headers;
using Kinema.Worker.Assignments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Http;

public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds a worker that takes the runs of a server elsewhere. Needs media and at least one <see cref="Kinema.Engines.IVideoEngine"/>; no store, no catalogue and no guard.
    /// </summary>
    public static IServiceCollection AddKinemaRemoteWorker(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions();
        services.AddSingleton<IValidateOptions<WorkerOptions>, AnnotatedOptions<WorkerOptions>>();
        services.AddSingleton<IValidateOptions<RemoteWorkerOptions>, AnnotatedOptions<RemoteWorkerOptions>>();
        services.AddSingleton<IConfigureOptions<HostOptions>, ConfigureShutdownTimeout>();

        services.AddHttpClient(nameof(WorkerServer), (provider, http) =>
            {
                var remote = provider.GetRequiredService<IOptions<RemoteWorkerOptions>>().Value;
                http.BaseAddress = remote.Server;
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", remote.Key);
                http.Timeout = Timeout.InfiniteTimeSpan;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // A key is sent to the server that the operator named and nowhere else.
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton(provider =>
            new WorkerServer(provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(WorkerServer)), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WorkerServer>>()));

        services.AddSingleton<RemoteWorkerState>();
        services.AddSingleton<Updates>();
        services.AddSingleton<Transfers>();
        services.AddSingleton<RemoteAssignments>();
        services.AddSingleton<IWorkSource, HttpWorkSource>();
        return services.AddClaiming();
    }
}
