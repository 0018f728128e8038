using Kinema.Hosted;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Hosted;

internal static class HostedExtensions
{
    /// <summary>Adds the engines of hosted models whose keys are set.</summary>
    public static IServiceCollection AddHostedEngines(this IServiceCollection services, IConfiguration configuration)
    {
        var dashScope = configuration.GetSection($"{HostedOptions.Section}:{nameof(HostedOptions.DashScope)}");
        var hasKey = dashScope[nameof(DashScopeOptions.ApiKey)] is { Length: > 0 } || dashScope[nameof(DashScopeOptions.ApiKeyFile)] is { Length: > 0 };
        return hasKey ? services.AddDashScope() : services;
    }
}
