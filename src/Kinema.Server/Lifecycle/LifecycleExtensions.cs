using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinema.Server.Lifecycle;

internal static class LifecycleExtensions
{
    /// <summary>Registers the store initializer before all other hosted services, so that the store is open when they start.</summary>
    public static IServiceCollection AddLifecycle(this IServiceCollection services, KinemaServerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options).AddSingleton<FirstKey>().AddSingleton<FirstStart>();
        return services.AddHostedService<StoreInitializer>().AddHostedService<LocalUrlWarning>().AddHostedService<RenamedSettingsWarning>();
    }
}
