using System.Globalization;
using System.Text;
using Kinema.Core.Catalog;
using Kinema.Pages.Models;

namespace Kinema.Pages.Documents;

/// <summary>The texts for language models: an index of all pages (llms.txt) and all pages in one text (llms-full.txt).</summary>
internal sealed class IndexText(ICatalog catalog, DocumentLibrary library, MarkdownLinks links, ModelMarkdown models, IPageAddress address)
{
    public const string Summary = "Kinema turns a picture, a text or a clip into a video: an open image-to-video run server with interchangeable engines.";

    public string Index()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Kinema\n\n> {Summary}\n\n## Models\n\n");
        foreach (var model in catalog.EnabledModels)
            text.Append(CultureInfo.InvariantCulture, $"- [{model.Name}]({Url($"/models/{model.Slug}")}): {model.Tagline}\n");
        Write("Concepts", document => document.Route.StartsWith("/concepts/", StringComparison.Ordinal));
        Write("Documentation", document => document.Route.StartsWith("/docs/", StringComparison.Ordinal));
        text.Append(CultureInfo.InvariantCulture, $"\n## OpenAPI\n\n- [OpenAPI 3.1 document]({new Uri(address.Base, "api/openapi.public.json")}): every operation that callers integrate\n");
        text.Append(CultureInfo.InvariantCulture, $"- [With administration]({new Uri(address.Base, "v1/openapi.json")}): the whole API\n");
        text.Append(CultureInfo.InvariantCulture, $"\n## Optional\n\n- [Everything in one text]({new Uri(address.Base, "llms-full.txt")})\n");
        return text.ToString();

        void Write(string heading, Func<MarkdownDocument, bool> belongs)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n");
            foreach (var document in library.All.Where(belongs))
                text.Append(CultureInfo.InvariantCulture, $"- [{document.Title}]({Url(document.Route)})\n");
        }
    }

    public string Full()
    {
        var texts = catalog.EnabledModels.Select(model => (Text: models.Write(model), Path: ""))
            .Concat(library.All.Select(document => (document.Text, document.Path)))
            .Select(page => links.Resolve(page.Text, page.Path, address.Root));
        return string.Join("\n\n---\n\n", texts.Prepend($"# Kinema\n\n> {Summary}").Select(text => text.Trim())) + "\n";
    }

    private string Url(string route) => new Uri(address.Base, route[1..] + ".md").AbsoluteUri;
}
