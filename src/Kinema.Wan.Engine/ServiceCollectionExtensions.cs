using Kinema.Engines;
using Kinema.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Wan.Engine;

/// <summary>Adds engines to a program.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds Wan engines, one for each checkpoint. They make one video at a time between them, and the weights used longest ago make room for others. Reads the
    /// checkpoints' headers when an engine is first asked for. Needs the services of Kinema.Media.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">What each engine loads and how it computes.</param>
    /// <param name="conversion">What is changed of their videos; null for nothing.</param>
    public static IServiceCollection AddWanEngines(this IServiceCollection services, IReadOnlyList<WanEngineOptions> options, VideoConversion? conversion = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(provider => new WanEngines(options, provider.GetRequiredService<IImageReader>(), provider.GetRequiredService<IPosterMaker>()));
        for (var i = 0; i < options.Count; i++)
        {
            var index = i;
            services.AddSingleton(provider => Convert(provider.GetRequiredService<WanEngines>().All[index]));
        }

        return services;

        IVideoEngine Convert(IVideoEngine engine) => conversion is { IsNone: false } ? new ConvertingEngine(engine, conversion) : engine;
    }
}
