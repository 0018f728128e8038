using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings;

/// <summary>Says which scope a page of the settings needs.</summary>
public sealed partial class MissingScopePage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    [Parameter, EditorRequired]
    public required SettingsEntry Entry { get; set; }

    [Parameter, EditorRequired]
    public required string Scope { get; set; }
}
