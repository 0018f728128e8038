using System.Text.Encodings.Web;
using Kinema.Core.Catalog;
using Microsoft.AspNetCore.Components;

namespace Kinema.Pages.Components;

/// <summary>The interactive reference of the API, opened at one model. It has no style of ours, which would reach into Scalar's.</summary>
public sealed partial class ReferencePage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ModelManifest Model { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Scripts { get; set; }

    /// <summary>Razor takes a script in a component for a mistake, as it does not run in an interactive one.</summary>
    private static MarkupString ScriptElement(string address) => new($"<script src=\"{HtmlEncoder.Default.Encode(address)}\"></script>");
}
