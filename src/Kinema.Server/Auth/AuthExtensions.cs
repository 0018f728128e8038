using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Auth;

internal static class AuthExtensions
{
    public static IServiceCollection AddKeyAuthentication(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationHandler, RequirementHandler>();
        return services.AddSingleton<IAuthorizationMiddlewareResultHandler, PermissionDeniedHandler>();
    }

    /// <summary>Requires a key of the caller's own organisation.</summary>
    public static TBuilder RequireKey<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => Require(route, new OwnOrganizationRequirement());

    /// <summary>Requires a key of the caller's own organisation with this scope.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder route, string scope)
        where TBuilder : IEndpointConventionBuilder => Require(route, new OwnOrganizationRequirement(), new ScopeRequirement(scope));

    public static TBuilder RequirePlatformAdmin<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => Require(route, new PlatformAdminRequirement());

    private static TBuilder Require<TBuilder>(TBuilder route, params IAuthorizationRequirement[] requirements)
        where TBuilder : IEndpointConventionBuilder =>
        route.RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyAuthentication.SchemeName).RequireAuthenticatedUser().AddRequirements(requirements).Build());
}
