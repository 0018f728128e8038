using Kinema.Core.Catalog;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Models;

/// <summary>Says whether a field may be left out; one with a default need not say, nor one of a group of which exactly one is needed.</summary>
public sealed partial class FieldMark
{
    [Parameter, EditorRequired]
    public required FieldManifest Field { get; set; }

    /// <summary>Whether it is one of such a group.</summary>
    [Parameter]
    public bool IsOneOf { get; set; }

    private string Text => Field.Required ? "required" : Field.Default is null && !IsOneOf ? "optional" : "";
}
