using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Pages;
using Kinema.Playground.Pictures;

namespace Kinema.Playground.Catalogue;

/// <summary>Answers with the catalogue: made for each request, as the state of the engine changes.</summary>
internal static class ShowCatalogue
{
    public static readonly ModelsPage Page = new(context => HandleAsync(new PageRequest(context)));

    private static async Task HandleAsync(PageRequest page)
    {
        var pictures = page.Service<PictureLibrary>();
        var frame = page.Frame("Models", "/models", "catalogue.js") with
        {
            Description = "The models that this server runs, with prices.",
            Alternate = page.Root + "/models.md",
        };
        var engines = await page.Service<IWorkerDirectory>().ReadEnginesAsync(page.Aborted);
        var bindings = page.Service<EngineBindings>();
        await page.ShowAsync<CataloguePage>(frame, new Dictionary<string, object?>
        {
            ["Models"] = (IReadOnlyList<ModelCard>)[.. page.Service<ICatalog>().EnabledModels.Select(model => ModelCard.Of(model, bindings.Describe(model, engines), pictures))],
        });
    }
}
