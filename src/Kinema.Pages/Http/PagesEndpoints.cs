using Kinema.Core.Catalog;
using Kinema.Pages.Components;
using Kinema.Pages.Documents;
using Kinema.Pages.Models;
using Kinema.Pages.Modules;
using Kinema.Pages.Reference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Pages.Http;

/// <summary>Routes of the pages. All are open: they show what the manifests and the documentation say.</summary>
public static class PagesEndpoints
{
    private const string MarkdownSuffix = ".md";

    public static void MapKinemaPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", context =>
        {
            context.Response.Redirect(Service<IPageAddress>(context).Root + "/models");
            return Task.CompletedTask;
        });
        app.MapGet("/models", ListModelsAsync);
        app.MapGet("/models.md", WriteCatalogAsync);
        app.MapGet("/models/{**slug}", ShowModelAsync);
        app.MapGet("/concepts/{name}", context => ShowDocumentAsync(context, $"/concepts/{context.Request.RouteValues["name"]}"));
        app.MapGet("/docs/{**path}", context => ShowDocumentAsync(context, $"/docs/{context.Request.RouteValues["path"]}".TrimEnd('/')));
        app.MapGet("/docs.md", context => ShowDocumentAsync(context, "/docs.md"));
        app.MapGet("/llms.txt", context => SendAsync(context, "/llms.txt", PageWriter.PlainText, Service<IndexText>(context).Index));
        app.MapGet("/llms-full.txt", context => SendAsync(context, "/llms-full.txt", PageWriter.PlainText, Service<IndexText>(context).Full));
        app.MapGet("/.well-known/api-catalog", context => SendAsync(context, "/api-catalog", ApiCatalog.ContentType, Service<ApiCatalog>(context).Write));
        app.MapGet(StyleSheet.Path, context => Service<StyleSheet>(context).Content.SendFileAsync(context, "text/css; charset=utf-8"));
        app.MapReference();
        app.MapModules();
    }

    private static Task ListModelsAsync(HttpContext context) =>
        PageWriter.PrefersMarkdown(context.Request) ? WriteCatalogAsync(context) : Service<ModelsPage>(context).ShowAsync(context);

    private static Task WriteCatalogAsync(HttpContext context)
    {
        var page = new TextContent { Title = "Models", Description = "", Markdown = Service<CatalogMarkdown>(context).Write, Route = "/models" };
        return Service<PageWriter>(context).WriteMarkdownAsync(context, page);
    }

    private static Task ShowModelAsync(HttpContext context)
    {
        const string index = "/llms.txt";
        var (slug, asMarkdown) = WithoutSuffix((string?)context.Request.RouteValues["slug"] ?? "");
        var isIndex = slug.EndsWith(index, StringComparison.Ordinal);
        if (Service<ICatalog>(context).Find(isIndex ? slug[..^index.Length] : slug) is not { Enabled: true } model)
            return NotFoundAsync(context);

        if (isIndex)
            return SendAsync(context, $"/models/{model.Slug}/llms.txt", PageWriter.PlainText, () => Service<ModelMarkdown>(context).Write(model));

        return asMarkdown || PageWriter.PrefersMarkdown(context.Request)
            ? ModelDocumentation.WriteAsync(context, model, asMarkdown: true)
            : Service<ModelTabs>(context).Choose(context.Request).ShowAsync(context, model);
    }

    private static Task ShowDocumentAsync(HttpContext context, string route)
    {
        (route, var asMarkdown) = WithoutSuffix(route);
        var library = Service<DocumentLibrary>(context);
        if (library.FindPicture(route) is { } picture)
            return SendPictureAsync(context, picture);
        if (route == DocumentationIndex.Route)
            return Service<PageWriter>(context).WriteAsync(context, DocumentationIndex.Page(library), asMarkdown);
        if (library.FindByRoute(route) is not { } document)
            return NotFoundAsync(context);

        return Service<PageWriter>(context).WriteAsync(context, DocumentationIndex.Page(library, document), asMarkdown);
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        var page = new TextContent
        {
            Title = "Page not found",
            Description = "There is no such page.",
            Markdown = () => "# Page not found\n\nThere is no such page here. See [all models](/models) or the [documentation](/docs).\n",
            Route = "/docs",
            Status = StatusCodes.Status404NotFound,
        };
        return Service<PageWriter>(context).WriteAsync(context, page, asMarkdown: false);
    }

    private static Task SendPictureAsync(HttpContext context, string file)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var type = Path.GetExtension(file) switch { ".png" => "image/png", ".webp" => "image/webp", _ => "image/jpeg" };
        return Results.File(file, type, lastModified: File.GetLastWriteTimeUtc(file)).ExecuteAsync(context);
    }

    private static Task SendAsync(HttpContext context, string key, string type, Func<string> compose) =>
        Service<PageSender>(context).SendAsync(context, key, type, () => Task.FromResult(compose()));

    private static (string Path, bool AsMarkdown) WithoutSuffix(string path) =>
        path.EndsWith(MarkdownSuffix, StringComparison.Ordinal) ? (path[..^MarkdownSuffix.Length], true) : (path, false);

    private static T Service<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();
}
