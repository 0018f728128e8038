using Kinema.Core.Admission;
using Kinema.Core.Upstream;
using Kinema.Engines;
using Kinema.Hosted.DashScope;
using Kinema.Hosted.DashScope.Media;
using Kinema.Hosted.DashScope.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Hosted;

public static class ServiceCollectionExtensions
{
    /// <summary>Adds the engine <c>dashscope</c>. Needs the outbound guard, the store, signed URLs and <see cref="HostedOptions"/> with a key.</summary>
    public static IServiceCollection AddDashScope(this IServiceCollection services)
    {
        services.AddOptions<HostedOptions>();
        services.AddSingleton<DashScopeAccount>();
        services.AddSingleton<Exchange>();
        services.AddSingleton<DashScopeClient>();
        services.AddSingleton<Price>();
        services.AddSingleton<TemporaryUpload>();
        services.AddSingleton<MediaAddresses>();
        services.AddSingleton<LostAnswer>();
        services.AddSingleton<FindLostTask>();
        services.AddSingleton<SubmitTask>();
        services.AddSingleton<WaitForTask>();
        services.AddSingleton<EndTask>();
        services.AddSingleton<IEngineAdmission, SpendAdmission>();
        services.AddSingleton<IEngineProbe, DashScopeProbe>();
        services.AddHostedService<WatchLeftTasks>();
        return services.AddSingleton<IVideoEngine, DashScopeEngine>();
    }
}
