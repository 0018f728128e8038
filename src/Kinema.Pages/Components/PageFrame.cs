using Kinema.Pages.Documents;

namespace Kinema.Pages.Components;

/// <summary>What surrounds the content of a page.</summary>
public sealed record PageFrame
{
    public required string Title { get; init; }

    /// <summary>One sentence for search engines.</summary>
    public required string Description { get; init; }

    /// <summary>The path that a proxy puts before every path.</summary>
    public required string Root { get; init; }

    /// <summary>URL of the style sheet.</summary>
    public required string Style { get; init; }

    /// <summary>The entry of the main navigation that the page belongs to.</summary>
    public string? Section { get; init; }

    /// <summary>URL of the page as Markdown.</summary>
    public string? Alternate { get; init; }

    public IReadOnlyList<PageHeading> Headings { get; init; } = [];
}
