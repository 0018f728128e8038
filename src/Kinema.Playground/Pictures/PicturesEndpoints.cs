using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Playground.Pictures;

internal static class PicturesEndpoints
{
    public static void MapPictures(this IEndpointRouteBuilder app) => app.MapGet(PictureLibrary.Route, SendAsync);

    private static Task SendAsync(HttpContext context)
    {
        var library = context.RequestServices.GetRequiredService<PictureLibrary>();
        if (library.Find($"/playground/pictures/{context.Request.RouteValues["digest"]}/{context.Request.RouteValues["name"]}") is not { } file)
            return Results.NotFound().ExecuteAsync(context);

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(file.File, file.ContentType, enableRangeProcessing: true).ExecuteAsync(context);
    }
}
