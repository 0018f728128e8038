using Microsoft.AspNetCore.Components;

namespace Kinema.Pages.Components;

/// <summary>A page made from Markdown, with links to its neighbours.</summary>
public sealed partial class TextPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter]
    public IReadOnlyList<PageLink> Links { get; set; } = [];

    /// <summary>HTML of the Markdown; it holds no HTML of the text's own.</summary>
    [Parameter, EditorRequired]
    public required string Html { get; set; }
}
