using Kinema.Playground.Settings.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Status;

internal static class StatusExtensions
{
    public static IServiceCollection AddReadiness(this IServiceCollection services) => services
        .AddSingleton<IServerFacts, ServerFacts>()
        .AddSingleton<IReadinessCheck, StoreReadiness>()
        .AddSingleton<IReadinessCheck, DiskReadiness>()
        .AddSingleton<IReadinessCheck, EncoderReadiness>()
        .AddSingleton<IReadinessCheck, WorkerReadiness>()
        .AddSingleton<IReadinessCheck, CallbackReadiness>();
}
