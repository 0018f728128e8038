using Kinema.Engines;
using Kinema.Motion.Continuation;
using Kinema.Motion.FirstLastFrame;
using Kinema.Motion.Scenes;
using Kinema.Motion.Sheets;
using Kinema.Motion.Shots;
using Kinema.Motion.Threads;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Motion;

public static class ServiceCollectionExtensions
{
    /// <summary>Registers the engine "motion". Requires an <see cref="IImageReader"/>.</summary>
    public static IServiceCollection AddMotionEngine(this IServiceCollection services) => services
        .AddSingleton<RenderThreads>()
        .AddSingleton<DepthNetwork>()
        .AddSingleton<SceneBuilder>()
        .AddSingleton<IShotFactory, StillShotFactory>()
        .AddSingleton<IShotFactory, LastFrameShotFactory>()
        .AddSingleton<IShotFactory, ClipShotFactory>()
        .AddSingleton<IShotFactory, ClipToLastFrameShotFactory>()
        .AddSingleton<MotionEngine>()
        .AddSingleton<IVideoEngine>(services => services.GetRequiredService<MotionEngine>())
        .AddSingleton<IContactSheetRenderer, ContactSheetRenderer>();
}
