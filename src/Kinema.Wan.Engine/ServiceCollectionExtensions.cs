using Kinema.Engines;
using Kinema.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Wan.Engine;

/// <summary>Adds the engine to a program.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds a Wan engine. Reads the checkpoint's headers when the engine is first asked for. Needs the services of Kinema.Media.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">What the engine loads and how it computes.</param>
    /// <param name="conversion">What is changed of its videos; null for nothing.</param>
    public static IServiceCollection AddWanEngine(this IServiceCollection services, WanEngineOptions options, VideoConversion? conversion = null)
    {
        // A service of its own, so that the container releases the weights also where another engine stands before it.
        services.AddSingleton(provider => new WanEngine(
            options, WanCheckpoint.Inspect(options.Files, options.Model), provider.GetRequiredService<IImageReader>(), provider.GetRequiredService<IPosterMaker>()));
        return services.AddSingleton<IVideoEngine>(provider =>
            conversion is { IsNone: false } ? new ConvertingEngine(provider.GetRequiredService<WanEngine>(), conversion) : provider.GetRequiredService<WanEngine>());
    }
}
