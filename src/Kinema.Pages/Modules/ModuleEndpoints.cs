using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Pages.Modules;

internal static class ModuleEndpoints
{
    public static void MapModules(this IEndpointRouteBuilder app) => app.MapGet(PageModules.Route, SendAsync);

    private static Task SendAsync(HttpContext context)
    {
        var modules = context.RequestServices.GetRequiredService<PageModules>();
        var (version, name) = ((string)context.Request.RouteValues["version"]!, (string)context.Request.RouteValues["name"]!);
        if (modules.Find(version, name) is { } module)
            return module.SendFileAsync(context, "text/javascript; charset=utf-8");

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
