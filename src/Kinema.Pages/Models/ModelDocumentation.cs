using Kinema.Core.Catalog;
using Kinema.Pages.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Pages.Models;

/// <summary>The tab of a model's page that says what the manifest says.</summary>
internal static class ModelDocumentation
{
    public static readonly ModelTab Tab = new("docs", "Docs", 30, (context, model) => WriteAsync(context, model, asMarkdown: false)) { IsDefault = true };

    public static Task WriteAsync(HttpContext context, ModelManifest model, bool asMarkdown)
    {
        var services = context.RequestServices;
        var page = new TextContent
        {
            Title = model.Name,
            Description = model.Tagline,
            Markdown = () => services.GetRequiredService<ModelMarkdown>().Write(model),
            Route = $"/models/{model.Slug}",
            Section = "/models",
            Tabs = services.GetRequiredService<ModelTabs>().Links(model, Tab.Name),
        };
        return services.GetRequiredService<PageWriter>().WriteAsync(context, page, asMarkdown);
    }
}
