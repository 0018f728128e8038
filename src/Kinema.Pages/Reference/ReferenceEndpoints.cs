using Kinema.Core.Catalog;
using Kinema.Pages.Components;
using Kinema.Pages.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Kinema.Pages.Reference;

/// <summary>The interactive reference of the API, as a tab of each model's page, with its scripts.</summary>
internal static class ReferenceEndpoints
{
    /// <summary>Scalar writes style elements while it runs. Nothing may come from, or go to, another host.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string ScriptType = "text/javascript; charset=utf-8";

    public static void MapReference(this IEndpointRouteBuilder app)
    {
        app.MapGet(ReferenceScripts.OwnPath, SendOwnAsync);
        app.MapGet(ReferenceScripts.ScalarPath, SendScalarAsync);
    }

    public static readonly ModelTab Tab = new("api", "API", 20, ShowAsync);

    private static Task ShowAsync(HttpContext context, ModelManifest model)
    {
        var scripts = context.RequestServices.GetRequiredService<ReferenceScripts>();
        var writer = context.RequestServices.GetRequiredService<PageWriter>();
        return writer.WriteAsync<ReferencePage>(context, $"/models/{model.Slug}?tab=api", Parameters, Policy);

        object Parameters()
        {
            var frame = writer.Frame(model, Tab.Name);
            return new { Frame = frame, Model = model, Scripts = (IReadOnlyList<string>)[frame.Root + scripts.ScalarUrl, frame.Root + scripts.OwnUrl] };
        }
    }

    private static Task SendOwnAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<ReferenceScripts>().Own.SendFileAsync(context, ScriptType);

    private static async Task SendScalarAsync(HttpContext context)
    {
        var packed = StaticContent.AcceptsGzip(context.Request);
        await using var script = ReferenceScripts.OpenScalar(packed);
        StaticContent.DescribeFile(context.Response, ScriptType);
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (packed)
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentLength = script.Length;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
            await script.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
