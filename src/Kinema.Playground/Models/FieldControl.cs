using System.Globalization;
using System.Text.Json;
using Kinema.Core.Catalog;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Models;

/// <summary>The control of one input field.</summary>
public abstract class FieldControl : ComponentBase
{
    private static readonly JsonSerializerOptions _wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Parameter, EditorRequired]
    public required FieldManifest Field { get; set; }

    [Parameter, EditorRequired]
    public required FormStart Start { get; set; }

    /// <summary>Whether it is one of a group of which exactly one is needed.</summary>
    [Parameter]
    public bool IsOneOf { get; set; }

    /// <summary>Id of the control.</summary>
    protected string Id => $"f-{Field.Name}";

    /// <summary>Ids of the texts that describe the control: what it means, and what is wrong.</summary>
    protected string DescribedBy => $"help-{Field.Name} problem-{Field.Name}";

    /// <summary>The step of a number's control.</summary>
    protected string Step => FieldKinds.StepOf(Field)?.ToString(CultureInfo.InvariantCulture) ?? "any";

    protected bool IsRequired => Field.Required;

    /// <summary>What a module needs of the field, as JSON.</summary>
    protected static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value, _wire);
}
