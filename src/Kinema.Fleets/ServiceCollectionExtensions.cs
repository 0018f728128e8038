using Kinema.Core.Upstream;
using Kinema.Engines;
using Kinema.Fleets.Endpoints;
using Kinema.Media;
using Kinema.Outbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kinema.Fleets;

public static class ServiceCollectionExtensions
{
    /// <summary>Adds an engine for each fleet. Needs media and the outbound guard.</summary>
    public static IServiceCollection AddFleets(this IServiceCollection services, IReadOnlyList<FleetOptions> fleets)
    {
        foreach (var fleet in fleets)
        {
            services.AddSingleton(provider => new FleetEngine(
                fleet, provider.GetRequiredService<IOutboundHandlers>(), provider.GetRequiredService<IPictureFitter>(), provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
            services.AddSingleton<IVideoEngine>(provider => Of(provider, fleet));
            services.AddSingleton<IEngineProbe>(provider => new FleetProbe(Of(provider, fleet)));
        }

        return fleets.Count > 0 ? services.AddHostedService<FleetHealth>() : services;
    }

    private static FleetEngine Of(IServiceProvider provider, FleetOptions fleet) => provider.GetServices<FleetEngine>().First(engine => engine.Descriptor.Id == fleet.EngineId);
}
