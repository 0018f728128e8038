using System.Text.Encodings.Web;
using Kinema.Server.Idempotency;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
            authentication.AddScheme<WorkerKeyAuthentication>(WorkerKeyAuthentication.SchemeName, displayName: null);
        });
        services.AddTransient<ApiKeyAuthentication>();
        services.AddTransient<WorkerKeyAuthentication>();

        // So that a worker's key is known, like any other, before its request is counted.
        services.Configure<AuthenticationSchemeOptions>(
            ApiKeyAuthentication.SchemeName,
            scheme => scheme.ForwardDefaultSelector = context => context.GetEndpoint()?.Metadata.GetMetadata<WorkerRoute>() is null ? null : WorkerKeyAuthentication.SchemeName);
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

    /// <summary>
    /// Requires a worker key and takes no other. Requests with a valid one are not counted (workers poll), and a repeated one is the protocol's matter, not that of an
    /// <c>Idempotency-Key</c>.
    /// </summary>
    public static TBuilder RequireWorkerKey<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route
        .RequireAuthorization(new AuthorizationPolicyBuilder(WorkerKeyAuthentication.SchemeName).RequireAuthenticatedUser().Build())
        .WithMetadata(new WorkerRoute(), new WithoutIdempotency());

    private static TBuilder Require<TBuilder>(TBuilder route, params IAuthorizationRequirement[] requirements)
        where TBuilder : IEndpointConventionBuilder =>
        route.RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyAuthentication.SchemeName).RequireAuthenticatedUser().AddRequirements(requirements).Build());
}
