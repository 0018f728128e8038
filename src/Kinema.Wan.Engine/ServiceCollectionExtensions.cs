using Kinema.Engines;
using Kinema.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Wan.Engine;

/// <summary>Adds the engine to a program.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds a Wan engine. Reads the checkpoint's headers when the engine is first asked for. Needs the services of Kinema.Media.</summary>
    public static IServiceCollection AddWanEngine(this IServiceCollection services, WanEngineOptions options) =>
        services.AddSingleton<IVideoEngine>(provider => new WanEngine(
            options, WanCheckpoint.Inspect(options.Files, options.Model), provider.GetRequiredService<IImageReader>(), provider.GetRequiredService<IPosterMaker>()));
}
