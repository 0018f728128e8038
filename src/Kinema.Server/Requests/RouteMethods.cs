using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Server.Requests;

/// <summary>Completes the methods of all routes: HEAD where GET is (RFC 9110, section 9.3.2), and a browser's preflight where other origins are let in.</summary>
internal static class RouteMethods
{
    public static RouteGroupBuilder CompleteMethods(this RouteGroupBuilder routes)
    {
        ((IEndpointConventionBuilder)routes).Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<HttpMethodMetadata>().LastOrDefault() is not { HttpMethods: var methods })
                return;

            var isRead = methods is [var only] && HttpMethods.IsGet(only);
            var acceptsPreflight = endpoint.Metadata.OfType<ICorsMetadata>().Any();
            endpoint.Metadata.Add(new HttpMethodMetadata(isRead ? [HttpMethods.Get, HttpMethods.Head] : methods, acceptsPreflight));
        });
        return routes;
    }
}
