using Kinema.Core.Callbacks;
using Kinema.Core.Prompts;
using Kinema.Core.Runs;
using Kinema.Core.Safety;
using Kinema.Core.Telemetry;
using Kinema.Worker.Assignments;
using Kinema.Worker.Attempts;
using Kinema.Worker.Callbacks;
using Kinema.Worker.Claiming;
using Kinema.Worker.Inputs;
using Kinema.Worker.Maintenance;
using Kinema.Worker.Preparation;
using Kinema.Worker.Receiving;
using Kinema.Worker.Remote;
using Kinema.Worker.Safety;
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
        services.TryAddSingleton<RunMetrics>();
        services.TryAddSingleton<IOwnReceiver, NoOwnReceiver>();
        services.AddOptions<WorkerOptions>();
        services.AddOptions<CallbackOptions>();
        services.AddOptions<RetentionOptions>();
        services.AddSingleton<IConfigureOptions<HostOptions>, ConfigureShutdownTimeout>();

        services.AddSingleton<IWorkSource, LocalWorkSource>();
        services.AddSingleton<LocalAssignments>();
        services.AddSingleton<FetchMedia>();
        services.AddSingleton<InspectMedia>();
        services.AddSingleton<PrepareInputs>();
        services.TryAddSingleton<IPromptExpander, PromptsAsAsked>();
        services.AddSingleton<ExpandPrompt>();
        services.AddSingleton<PrepareAttempt>();
        services.TryAddSingleton<ISafetyChecker, NoSafetyChecker>();
        services.AddSingleton<CheckInputs>();
        services.AddSingleton<CheckOutput>();
        services.AddSingleton<StoreOutput>();
        services.AddSingleton<DeliverCallback>();
        services.AddSingleton<FirstHour>();

        services.AddClaiming();
        services.AddRemoteWork();
        services.AddHostedService<CallbackDispatcher>();
        services.AddHostedService<Reaper>();
        services.AddHostedService<Sweeper>();
        return services;
    }

    /// <summary>Adds what every worker has: the claim loop and the attempts. Needs an <see cref="IWorkSource"/>.</summary>
    internal static IServiceCollection AddClaiming(this IServiceCollection services)
    {
        services.TryAddSingleton<Traces>();
        services.AddSingleton<EngineSet>();
        services.AddSingleton<EngineSlots>();
        services.AddSingleton<EncoderGate>();
        services.AddSingleton<EncoderExcuse>();
        services.AddSingleton<LiveAttempts>();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<ReceiveVideo>();
        services.AddSingleton<ReadReceivedVideo>();
        services.AddSingleton<GenerateVideo>();
        services.AddSingleton<MakePictures>();
        services.AddSingleton<ExecuteAttempt>();
        services.AddSingleton<FinishAttempt>();
        services.AddSingleton<RunAttempt>();
        return services.AddHostedService<ClaimLoop>();
    }

    /// <summary>Adds the server's end of the worker protocol.</summary>
    private static void AddRemoteWork(this IServiceCollection services)
    {
        services.AddSingleton<HeldRuns>();
        services.AddSingleton<RegisterForWorker>();
        services.AddSingleton<ClaimLoadedFirst>();
        services.AddSingleton<ClaimForWorker>();
        services.AddSingleton<HeartbeatsForWorker>();
        services.AddSingleton<AppendsForWorker>();
        services.AddSingleton<PrepareForWorker>();
        services.AddSingleton<ReadInputForWorker>();
        services.AddSingleton<DeliveriesUnderWay>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<JudgeDelivery>();
        services.AddSingleton<DeliverForWorker>();
        services.AddSingleton<EndForWorker>();
        services.AddSingleton<FinishForWorker>();
        services.AddSingleton<LeaveForWorker>();
    }
}
