using Kinema.Pages.Components;
using Kinema.Pages.Documents;
using Kinema.Pages.Http;
using Kinema.Pages.Models;
using Kinema.Pages.Modules;
using Kinema.Pages.Reference;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Pages;

public static class ServiceCollectionExtensions
{
    /// <summary>Registers the pages: catalogue, models, concepts and documentation.</summary>
    /// <param name="services">The services. They must also have <see cref="Kinema.Core.Catalog.ICatalog"/>, <see cref="IPageAddress"/> and a <see cref="ModelsPage"/>.</param>
    public static IServiceCollection AddKinemaPages(this IServiceCollection services) => services
        .AddSingleton<StyleSheet>()
        .AddSingleton<ReferenceScripts>()
        .AddSingleton(_ => DocumentLibrary.Read(Path.Combine(AppContext.BaseDirectory, "pages")))
        .AddSingleton<MarkdownRenderer>()
        .AddSingleton<MarkdownLinks>()
        .AddSingleton<PageSender>()
        .AddSingleton<ModelMarkdown>()
        .AddSingleton<CatalogMarkdown>()
        .AddSingleton<IndexText>()
        .AddSingleton<ApiCatalog>()
        .AddSingleton<ComponentRenderer>()
        .AddSingleton(new SiteSection("/models", "Models", 10))
        .AddSingleton(new SiteSection(DocumentationIndex.Route, "Docs", 40))
        .AddSingleton(ReferenceEndpoints.Tab)
        .AddSingleton(ModelDocumentation.Tab)
        .AddSingleton<ModelTabs>()
        .AddSingleton(new PageModuleSource(typeof(ServiceCollectionExtensions).Assembly))
        .AddSingleton<PageModules>()
        .AddSingleton<PageWriter>()
        .AddSingleton<IPageWriter>(provider => provider.GetRequiredService<PageWriter>());
}
