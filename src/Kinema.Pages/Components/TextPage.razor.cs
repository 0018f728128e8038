using Kinema.Pages.Documents;
using Microsoft.AspNetCore.Components;

namespace Kinema.Pages.Components;

/// <summary>A page made from Markdown, with links to its neighbours.</summary>
public sealed partial class TextPage
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required string Description { get; set; }

    /// <summary>The path that a proxy puts before every path.</summary>
    [Parameter]
    public string Root { get; set; } = "";

    [Parameter, EditorRequired]
    public required string Style { get; set; }

    [Parameter]
    public string? Section { get; set; }

    [Parameter]
    public string? Alternate { get; set; }

    [Parameter]
    public IReadOnlyList<PageHeading> Headings { get; set; } = [];

    [Parameter]
    public IReadOnlyList<SideLink> Links { get; set; } = [];

    /// <summary>HTML of the Markdown; it holds no HTML of the text's own.</summary>
    [Parameter, EditorRequired]
    public required string Html { get; set; }
}
