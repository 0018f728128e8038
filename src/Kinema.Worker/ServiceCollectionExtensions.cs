using Kinema.Core.Callbacks;
using Kinema.Core.Runs;
using Kinema.Worker.Assignments;
using Kinema.Worker.Attempts;
using Kinema.Worker.Callbacks;
using Kinema.Worker.Claiming;
using Kinema.Worker.Inputs;
using Kinema.Worker.Maintenance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Kinema.Worker;

public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds the worker, the callback dispatcher and store maintenance. Needs storage, catalogue, media, outbound guard and at least one
    /// <see cref="Kinema.Engines.IVideoEngine"/>; the store must be open before the host starts.
    /// </summary>
    public static IServiceCollection AddKinemaWorker(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IWorkSignal, WorkSignal>();
        services.TryAddSingleton<IOwnReceiver, NoOwnReceiver>();
        services.AddOptions<WorkerOptions>();
        services.AddOptions<CallbackOptions>();
        services.AddOptions<RetentionOptions>();
        services.AddSingleton<IConfigureOptions<HostOptions>, ConfigureShutdownTimeout>();

        services.AddSingleton<EngineSet>();
        services.AddSingleton<EngineSlots>();
        services.AddSingleton<IWorkSource, LocalWorkSource>();
        services.AddSingleton<LocalAssignments>();
        services.AddSingleton<FetchMedia>();
        services.AddSingleton<InspectMedia>();
        services.AddSingleton<PrepareInputs>();
        services.AddSingleton<GenerateVideo>();
        services.AddSingleton<MakePictures>();
        services.AddSingleton<StoreOutput>();
        services.AddSingleton<ExecuteAttempt>();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<FinishAttempt>();
        services.AddSingleton<LiveAttempts>();
        services.AddSingleton<EncoderGate>();
        services.AddSingleton<EncoderExcuse>();
        services.AddSingleton<RunAttempt>();
        services.AddSingleton<DeliverCallback>();
        services.AddSingleton<FirstHour>();

        services.AddHostedService<ClaimLoop>();
        services.AddHostedService<CallbackDispatcher>();
        services.AddHostedService<Reaper>();
        services.AddHostedService<Sweeper>();
        return services;
    }
}
