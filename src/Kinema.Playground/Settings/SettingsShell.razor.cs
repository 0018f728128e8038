using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings;

/// <summary>The layout of the settings' pages: their navigation at the side.</summary>
public sealed partial class SettingsShell
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    /// <summary>The page shown; null for the overview.</summary>
    [Parameter]
    public SettingsEntry? Entry { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
