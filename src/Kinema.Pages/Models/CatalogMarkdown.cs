using System.Globalization;
using System.Text;
using Kinema.Core.Catalog;

namespace Kinema.Pages.Models;

/// <summary>The catalogue as Markdown.</summary>
internal sealed class CatalogMarkdown(ICatalog catalog)
{
    public string Write()
    {
        var text = new StringBuilder("# Models\n\n| Model | Provider | Price | Description |\n|---|---|---|---|\n");
        foreach (var model in catalog.EnabledModels)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| [{FieldTable.Cell(model.Name)}](/models/{model.Slug}) | {FieldTable.Cell(model.Provider)} | {model.Price.Label} | {FieldTable.Cell(model.Tagline)} |\n");
        }

        return text.ToString();
    }
}
