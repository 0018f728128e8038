using Kinema.Server.Workers.Child;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Workers;

internal static class WorkersExtensions
{
    /// <summary>Adds the worker that this server starts beside itself, if its settings want one.</summary>
    public static IServiceCollection AddChildWorker(this IServiceCollection services) =>
        services.AddSingleton<ChildWorker>().AddHostedService(provider => provider.GetRequiredService<ChildWorker>());
}
