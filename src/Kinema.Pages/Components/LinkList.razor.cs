using Microsoft.AspNetCore.Components;

namespace Kinema.Pages.Components;

/// <summary>The entries of a navigation.</summary>
public sealed partial class LinkList
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<PageLink> Links { get; set; }

    /// <summary>The path that a proxy puts before every path.</summary>
    [Parameter, EditorRequired]
    public required string Root { get; set; }
}
