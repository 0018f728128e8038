using System.Text.Json;

namespace Kinema.Client;

/// <summary>A model as the catalogue shows it.</summary>
public sealed record Model
{
    /// <summary>The model.</summary>
    public Guid? Id { get; init; }

    /// <summary>The path, for example <c>alibaba/wan/v2.7/image-to-video</c>.</summary>
    public required string Slug { get; init; }

    /// <summary>For people.</summary>
    public string? Name { get; init; }

    /// <summary>What it does.</summary>
    public string? Description { get; init; }

    /// <summary>What kind of model.</summary>
    public string? CategoryCode { get; init; }

    /// <summary>Whether runs are taken now.</summary>
    public string? AvailabilityStatus { get; init; }

    /// <summary>The price in words.</summary>
    public string? PricingNote { get; init; }

    /// <summary>Its fields; only in the detail.</summary>
    public IReadOnlyList<ModelInput>? Inputs { get; init; }
}

/// <summary>One field of a model's input.</summary>
public sealed record ModelInput
{
    /// <summary>As the wire spells it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary><c>string, integer, boolean, image, video</c> or <c>file</c>.</summary>
    public string? VariableTypeCode { get; init; }

    /// <summary>What is allowed.</summary>
    public JsonElement? ValidatorAttrs { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool? IsRequired { get; init; }

    /// <summary>Used where none is given.</summary>
    public JsonElement? DefaultValue { get; init; }
}
