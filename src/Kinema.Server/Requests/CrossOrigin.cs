using Kinema.Server.Configuration;
using Kinema.Server.Idempotency;
using Kinema.Server.RateLimits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Requests;

/// <summary>
/// Lets pages of other origins in (CORS): at signed URLs always, because they carry their own permission; at the API only those of
/// <c>Server:CorsOrigins</c>. Never with cookies.
/// </summary>
internal static class CrossOrigin
{
    public const string FilesPolicy = "files";

    private const string Everyone = "*";
    private const string ApiPolicy = "api";

    private static readonly TimeSpan _preflightLife = TimeSpan.FromHours(2);
    private static readonly string[] _fileHeaders =
        ["Accept-Ranges", "Content-Disposition", "Content-Length", "Content-Range", "ETag", "Last-Modified", "Retry-After", RequestIdMiddleware.Header];
    private static readonly string[] _apiHeaders =
    [
        "Allow", "ETag", IdempotencyHeader.Replayed, "Link", "Location", "Preference-Applied", "Retry-After", "WWW-Authenticate", RequestIdMiddleware.Header,
        RequestRateMiddleware.LimitHeader, RequestRateMiddleware.RemainingHeader, RequestRateMiddleware.ResetHeader,
    ];

    public static IServiceCollection AddCrossOrigin(this IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<ServerOptions>>((cors, server) =>
        {
            cors.AddPolicy(FilesPolicy, policy => policy
                .AllowAnyOrigin()
                .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Put)
                .AllowAnyHeader()
                .WithExposedHeaders(_fileHeaders)
                .SetPreflightMaxAge(_preflightLife));
            cors.AddPolicy(ApiPolicy, policy => policy
                .WithOrigins([.. server.Value.CorsOrigins.Select(origin => origin == Everyone ? origin : new Uri(origin).GetLeftPart(UriPartial.Authority))])
                .AllowAnyMethod()
                .AllowAnyHeader()
                .WithExposedHeaders(_apiHeaders)
                .SetPreflightMaxAge(_preflightLife));
        });
        return services;
    }

    /// <summary>What <c>UseCors</c> does. That hands the middleware its service by an expression, which is compiled at each start and takes memory for good.</summary>
    public static IApplicationBuilder UseCrossOrigin(this IApplicationBuilder app)
    {
        var policies = app.ApplicationServices.GetRequiredService<ICorsPolicyProvider>();
        return app.Use(next =>
        {
            var cors = ActivatorUtilities.CreateInstance<CorsMiddleware>(app.ApplicationServices, next);
            return context => cors.Invoke(context, policies);
        });
    }

    /// <summary>Applies the origin list to all routes but those with a policy of their own.</summary>
    public static RouteGroupBuilder WithCrossOrigin(this RouteGroupBuilder routes)
    {
        var options = ((IEndpointRouteBuilder)routes).ServiceProvider.GetRequiredService<IOptions<ServerOptions>>().Value;
        return options.CorsOrigins.Count > 0 ? routes.RequireCors(ApiPolicy) : routes;
    }

    /// <summary>Whether a setting is an origin as browsers send it: scheme, host and port.</summary>
    public static bool IsOrigin(string text) =>
        text == Everyone
        || (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            && !url.Host.Contains('*', StringComparison.Ordinal));
}
