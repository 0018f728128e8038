using Microsoft.AspNetCore.Components;

namespace Kinema.Pages.Components;

/// <summary>The frame of every page.</summary>
public sealed partial class Layout
{
    private const string Product = "Kinema";

    private static readonly (string Href, string Text)[] _sections = [("/models", "Models"), ("/concepts/runs", "Concepts"), ("/docs", "Documentation")];

    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter]
    public RenderFragment? Side { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
