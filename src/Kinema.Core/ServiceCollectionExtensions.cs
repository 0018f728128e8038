using Kinema.Core.Admission;
using Kinema.Core.Assets;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;
using Kinema.Core.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Core;

public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds admission and presenters. The host must add <see cref="Catalog.ICatalog"/>, <see cref="RunPolicy"/>, <see cref="EngineOptions"/>,
    /// <see cref="ModelBindings"/>, <see cref="TimeProvider"/>, a store, <see cref="Artifacts.ISignedUrls"/>, <see cref="IMediaAdmission"/>, <see cref="IInlineContents"/>,
    /// <see cref="IStorageQuota"/>, <see cref="ISafetyAdmission"/>, <see cref="ICallbackAdmission"/>, <see cref="IDiskSpaceCheck"/> and
    /// <see cref="Prompts.IPromptExpander"/>.
    /// </summary>
    public static IServiceCollection AddKinemaCore(this IServiceCollection services) => services
        .AddSingleton<Traces>()
        .AddSingleton<RunMetrics>()
        .AddSingleton<EngineBindings>()
        .AddSingleton<MediaAdmissions>()
        .AddSingleton<EarlyRefusal>()
        .AddSingleton<CreateRun>()
        .AddSingleton<EstimateRun>()
        .AddSingleton<RunOutputPresenter>()
        .AddSingleton<RunPresenter>()
        .AddSingleton<RunPagePresenter>()
        .AddSingleton<RunStatisticsPresenter>()
        .AddSingleton<RunExtrasReader>()
        .AddSingleton<AssetPresenter>()
        .AddSingleton<ICallbackComposer, RunCallbackComposer>();
}
