using Kinema.Pages.Documents;
using Microsoft.AspNetCore.Components;

namespace Kinema.Pages.Components;

/// <summary>The frame of every page.</summary>
public sealed partial class Layout
{
    private const string Product = "Kinema";

    private static readonly (string Href, string Text)[] _sections = [("/models", "Models"), ("/concepts/runs", "Concepts"), ("/docs", "Documentation")];

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required string Description { get; set; }

    /// <summary>The path that a proxy puts before every path.</summary>
    [Parameter]
    public string Root { get; set; } = "";

    /// <summary>URL of the style sheet.</summary>
    [Parameter, EditorRequired]
    public required string Style { get; set; }

    /// <summary>The entry of the main navigation that the page belongs to.</summary>
    [Parameter]
    public string? Section { get; set; }

    /// <summary>URL of the page as Markdown.</summary>
    [Parameter]
    public string? Alternate { get; set; }

    [Parameter]
    public IReadOnlyList<PageHeading> Headings { get; set; } = [];

    [Parameter]
    public RenderFragment? Side { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
