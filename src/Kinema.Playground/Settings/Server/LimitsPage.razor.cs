using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings.Server;

/// <summary>Shows the limits in force.</summary>
public sealed partial class LimitsPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<LimitGroup> Groups { get; set; }
}
