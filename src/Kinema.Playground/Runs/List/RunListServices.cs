using Kinema.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Playground.Runs.List;

internal static class RunListServices
{
    public static IServiceCollection AddRunList(this IServiceCollection services) => services
        .AddSingleton(new SiteSection(RunListEndpoints.Route, "Runs", 20))
        .AddSingleton<RunListReading>();
}
