using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinema.Server.Auth;

internal static class AuthExtensions
{
    public static IServiceCollection AddKeyAuthentication(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();

        // Not AddAuthentication: it brings Data Protection, which writes keys that nothing here uses into the user's home folder.
        services.AddAuthenticationCore(authentication =>
        {
            authentication.DefaultScheme = ApiKeyAuthentication.SchemeName;
            authentication.AddScheme<ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, displayName: null);
        });
        services.AddTransient<ApiKeyAuthentication>();
        services.TryAddSingleton(UrlEncoder.Default);
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
