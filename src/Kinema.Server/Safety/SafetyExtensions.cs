using Kinema.Safety;
using Kinema.Server.Status;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Safety;

internal static class SafetyExtensions
{
    /// <summary>Adds the safety checker where one is configured.</summary>
    public static IServiceCollection AddSafety(this IServiceCollection services, IConfiguration configuration)
    {
        var isConfigured = configuration[$"{SafetyOptions.Section}:{nameof(SafetyOptions.Classifier)}"] is { Length: > 0 };
        if (isConfigured)
            services.AddSingleton<IReadinessCheck, SafetyReadiness>();
        return services.AddKinemaSafety(isConfigured);
    }
}
