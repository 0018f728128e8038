using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Runs.List;

/// <summary>A field of the form that narrows the list, with what is wrong with it.</summary>
public sealed partial class FormField
{
    /// <summary>Its name in the address.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter, EditorRequired]
    public required string Value { get; set; }

    [Parameter, EditorRequired]
    public required IEnumerable<string> Problems { get; set; }

    /// <summary>What can be chosen; null for a free text.</summary>
    [Parameter]
    public IEnumerable<(string Value, string Text)>? Choices { get; set; }

    [Parameter]
    public string Type { get; set; } = "text";

    [Parameter]
    public bool IsCode { get; set; }
}
