namespace Kinema.Pages.Documents;

/// <param name="Html">The body.</param>
/// <param name="Headings">Headings of the second level.</param>
internal sealed record RenderedMarkdown(string Html, IReadOnlyList<PageHeading> Headings);
