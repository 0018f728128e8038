using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Kinema.Pages.Components;

/// <summary>The frame of every page.</summary>
public sealed partial class Layout
{
    private const string Product = "Kinema";

    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    /// <summary>Who is signed in, at the right of the header.</summary>
    [Parameter]
    public RenderFragment? Account { get; set; }

    [Parameter]
    public RenderFragment? Side { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Razor takes a script in a component for a mistake, as it does not run in an interactive one.</summary>
    private static MarkupString Module(string address) => new($"<script type=\"module\" src=\"{HtmlEncoder.Default.Encode(address)}\"></script>");
}
