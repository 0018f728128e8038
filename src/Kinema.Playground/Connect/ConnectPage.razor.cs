using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Connect;

/// <summary>Asks whether a program may have a key, and shows which.</summary>
public sealed partial class ConnectPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Scopes { get; set; }

    [Parameter, EditorRequired]
    public required Uri Target { get; set; }

    /// <summary>Proves that the form is ours.</summary>
    [Parameter, EditorRequired]
    public required string Token { get; set; }
}
