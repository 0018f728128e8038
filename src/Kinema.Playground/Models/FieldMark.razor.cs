using Kinema.Core.Catalog;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Models;

/// <summary>Says whether a field may be left out; one with a default need not say.</summary>
public sealed partial class FieldMark
{
    [Parameter, EditorRequired]
    public required FieldManifest Field { get; set; }
}
