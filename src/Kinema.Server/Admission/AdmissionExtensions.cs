using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Admission;

internal static class AdmissionExtensions
{
    /// <summary>Registers the settings of admission and the checks that need files or the outbound guard.</summary>
    public static IServiceCollection AddAdmission(this IServiceCollection services) => services
        .AddSingleton(provider => provider.GetRequiredService<IOptions<RunPolicy>>().Value)
        .AddSingleton(provider => provider.GetRequiredService<IOptions<EngineOptions>>().Value)
        .AddSingleton(provider => BindingSettings.Read(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<ICatalog>()))
        .AddSingleton<IMediaAdmission, MediaAdmissionCheck>()
        .AddSingleton<IInlineContents, InlineContents>()
        .AddSingleton<IStorageQuota, StorageQuotaCheck>()
        .AddSingleton<ISafetyAdmission, SafetyAdmissionCheck>()
        .AddSingleton<ICallbackAdmission, CallbackAdmissionCheck>()
        .AddSingleton<IDiskFloor, DiskFloor>();
}
