using Kinema.Pages.Components;
using Microsoft.AspNetCore.Http;

namespace Kinema.Pages.Http;

/// <summary>What a page made from Markdown shows.</summary>
internal sealed record TextContent
{
    public required string Title { get; init; }

    /// <summary>One sentence for search engines.</summary>
    public required string Description { get; init; }

    /// <summary>Composes the text; not called where the page is kept already.</summary>
    public required Func<string> Markdown { get; init; }

    /// <summary>Path of the page.</summary>
    public required string Route { get; init; }

    public string? Section { get; init; }

    /// <summary>Path in the repository, for relative links.</summary>
    public string DocumentPath { get; init; } = "";

    public IReadOnlyList<PageLink> Tabs { get; init; } = [];

    public IReadOnlyList<PageLink> Links { get; init; } = [];

    public int Status { get; init; } = StatusCodes.Status200OK;
}
