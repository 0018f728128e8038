using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Status;

internal static class StatusExtensions
{
    public static IServiceCollection AddReadiness(this IServiceCollection services) => services
        .AddSingleton<DiskFloor>()
        .AddSingleton<IReadinessCheck, StoreReadiness>()
        .AddSingleton<IReadinessCheck, DiskReadiness>()
        .AddSingleton<IReadinessCheck, WorkerReadiness>();
}
