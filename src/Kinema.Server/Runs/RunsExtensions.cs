using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Runs;

internal static class RunsExtensions
{
    public static IServiceCollection AddRunEndpoints(this IServiceCollection services) => services
        .AddSingleton<EventStreams>()
        .AddSingleton<UnindexedLists>()
        .AddSingleton<RetryRun>()
        .AddSingleton<WaitForRun>()
        .AddSingleton<RunEventFeed>();
}
