using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings;

/// <summary>What is wrong with a field of a form.</summary>
public sealed partial class FieldProblems
{
    /// <summary>For the field's <c>aria-describedby</c>.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required IEnumerable<string> Texts { get; set; }
}
