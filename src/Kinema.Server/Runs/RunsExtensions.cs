using Kinema.Core.Lists;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Runs;

internal static class RunsExtensions
{
    public static IServiceCollection AddRunEndpoints(this IServiceCollection services) => services
        .AddSingleton<EventStreams>()
        .AddSingleton<IUnindexedLists, UnindexedLists>()
        .AddSingleton<RetryRun>()
        .AddSingleton<WaitForRun>()
        .AddSingleton<RunEventFeed>();
}
