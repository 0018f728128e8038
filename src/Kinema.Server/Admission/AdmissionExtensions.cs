using Kinema.Core.Admission;
using Kinema.Core.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Admission;

internal static class AdmissionExtensions
{
    /// <summary>What the rules of admission ask of the host: its settings, and checks that need files or the guard.</summary>
    public static IServiceCollection AddAdmission(this IServiceCollection services) => services
        .AddSingleton(provider => provider.GetRequiredService<IOptions<RunPolicy>>().Value)
        .AddSingleton(provider => provider.GetRequiredService<IOptions<EngineOptions>>().Value)
        .AddSingleton<IMediaAdmission, MediaAdmissionCheck>()
        .AddSingleton<ICallbackAdmission, CallbackAdmissionCheck>()
        .AddSingleton<IDiskSpaceCheck, DiskSpaceCheck>();
}
