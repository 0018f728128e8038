using System.Globalization;
using System.Text;
using Kinema.Pages.Components;
using Kinema.Pages.Http;

namespace Kinema.Pages.Documents;

/// <summary>The pages of the repository's documents and their table of contents.</summary>
internal static class DocumentationIndex
{
    public const string Route = "/docs";

    private const string Concepts = "/concepts/";

    private static readonly (string Heading, string Prefix)[] _groups =
        [("Concepts", Concepts), ("Engines", "/docs/engines/"), ("Decisions", "/docs/adr"), ("Guides and reference", "/docs/")];

    public static TextContent Page(DocumentLibrary library) =>
        new() { Title = "Documentation", Description = "Documentation of the Kinema server.", Markdown = () => Write(library), Route = Route, Section = Route };

    public static TextContent Page(DocumentLibrary library, MarkdownDocument document)
    {
        var group = GroupOf(document);
        return new TextContent
        {
            Title = document.Title,
            Description = $"{document.Title}: documentation of the Kinema server.",
            Markdown = () => document.Text,
            Route = document.Route,
            DocumentPath = document.Path,
            Section = Route,
            Links = [.. library.All.Where(other => GroupOf(other) == group).Select(other => new PageLink(other.Route, other.Title, other == document))],
        };
    }

    private static string Write(DocumentLibrary library)
    {
        var text = new StringBuilder("# Documentation\n");
        foreach (var group in Groups(library))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {group.Key}\n\n");
            foreach (var document in group)
                text.Append(CultureInfo.InvariantCulture, $"- [{document.Title}]({document.Route})\n");
        }

        return text.ToString();
    }

    private static IEnumerable<IGrouping<string, MarkdownDocument>> Groups(DocumentLibrary library) =>
        library.All.GroupBy(GroupOf).OrderBy(group => Array.FindIndex(_groups, known => known.Heading == group.Key) is var at && at == _groups.Length - 1 ? -1 : at);

    private static string GroupOf(MarkdownDocument document) =>
        _groups.First(group => document.Route.StartsWith(group.Prefix, StringComparison.Ordinal)).Heading;
}
