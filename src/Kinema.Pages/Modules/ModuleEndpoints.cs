using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Pages.Modules;

internal static class ModuleEndpoints
{
    public static void MapModules(this IEndpointRouteBuilder app) => app.MapGet(PageModules.Route, SendAsync);

    private static async Task SendAsync(HttpContext context)
    {
        var modules = context.RequestServices.GetRequiredService<PageModules>();
        var (version, name) = ((string)context.Request.RouteValues["version"]!, (string)context.Request.RouteValues["name"]!);
        if (modules.Find(version, name) is not { } module)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/javascript; charset=utf-8";
        context.Response.ContentLength = module.Length;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(module, context.RequestAborted);
    }
}
