using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings;

/// <summary>Shows a secret text on the one answer that has it.</summary>
public sealed partial class SecretOnce
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required string Value { get; set; }
}
