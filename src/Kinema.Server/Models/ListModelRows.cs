using Kinema.Core.Catalog;
using Kinema.Core.Lists;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Models;

/// <summary>Lists the inputs, outputs, examples or prices of a model, or of all models under the name <c>any</c>, or finds one of them by its id.</summary>
internal static class ListModelRows
{
    private const string AnyModel = "any";

    public static IResult Handle(ModelPath path, HttpRequest request, ICatalog catalog)
    {
        IReadOnlyList<ModelManifest> models = path.Slug == AnyModel ? catalog.Models : catalog.FindByPath(path.Slug) is { } one ? [one] : [];
        if (models.Count == 0)
            return ApiErrors.ModelNotFound(path.Slug);

        return path.Part switch
        {
            ModelPath.Inputs => Answer(CatalogLists.Inputs, models.SelectMany(model => ModelRow.Of(model, model.Inputs))),
            ModelPath.Outputs => Answer(CatalogLists.Outputs, models.SelectMany(model => ModelRow.Of(model, model.Outputs))),
            ModelPath.Examples => Answer(CatalogLists.Examples, models.SelectMany(model => ModelRow.Of(model, model.Examples))),
            ModelPath.Pricing => Answer(CatalogLists.Prices, models.SelectMany(model => ModelRow.Of(model, [model.Price]))),
            _ => ApiErrors.NotFound(),
        };

        IResult Answer<T>(JsonList<T> list, IEnumerable<T> rows) => path.RowId is not { } id ? ListResult.Of(request, list, rows)
            : list.Find(rows, id) is { } row ? new JsonBodyResult(row)
            : ApiErrors.NotFound($"{path.Slug} has no {ReceivedValue.Shorten(id)} in {path.Part}.");
    }
}
