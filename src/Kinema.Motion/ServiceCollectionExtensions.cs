using Kinema.Engines;
using Kinema.Motion.Clips;
using Kinema.Motion.LastFrames;
using Kinema.Motion.Scenes;
using Kinema.Motion.Sheets;
using Kinema.Motion.Shots;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Motion;

public static class ServiceCollectionExtensions
{
    /// <summary>Adds the engine "motion". Needs an <see cref="IImageReader"/>.</summary>
    public static IServiceCollection AddMotionEngine(this IServiceCollection services) => services
        .AddSingleton<DepthNetwork>()
        .AddSingleton<SceneBuilder>()
        .AddSingleton<IShotMaker, StillShotMaker>()
        .AddSingleton<IShotMaker, LastFrameShotMaker>()
        .AddSingleton<IShotMaker, ClipShotMaker>()
        .AddSingleton<IShotMaker, EndingShotMaker>()
        .AddSingleton<MotionEngine>()
        .AddSingleton<IVideoEngine>(services => services.GetRequiredService<MotionEngine>())
        .AddSingleton<IContactSheetRenderer, ContactSheetRenderer>();
}
