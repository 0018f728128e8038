using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings;

/// <summary>All pages of the settings, and which of them the session opens.</summary>
public sealed partial class SettingsPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }
}
