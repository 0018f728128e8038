using System.Text.Json;

namespace Kinema.Client;

/// <summary>A model of the catalogue.</summary>
public sealed record Model
{
    /// <summary>Model id.</summary>
    public Guid? Id { get; init; }

    /// <summary>Model path, for example <c>alibaba/wan/v2.7/image-to-video</c>.</summary>
    public required string Slug { get; init; }

    /// <summary>Display name.</summary>
    public string? Name { get; init; }

    /// <summary>Description.</summary>
    public string? Description { get; init; }

    /// <summary>Category code.</summary>
    public string? CategoryCode { get; init; }

    /// <summary>Whether the model accepts runs now.</summary>
    public string? AvailabilityStatus { get; init; }

    /// <summary>Human-readable price.</summary>
    public string? PricingNote { get; init; }

    /// <summary>Input fields; only in the response for a single model.</summary>
    public IReadOnlyList<ModelInput>? Inputs { get; init; }
}

/// <summary>An input field of a model.</summary>
public sealed record ModelInput
{
    /// <summary>JSON name of the field.</summary>
    public required string Name { get; init; }

    /// <summary>Description.</summary>
    public string? Description { get; init; }

    /// <summary>Type: <c>string, integer, boolean, image, video</c> or <c>file</c>.</summary>
    public string? VariableTypeCode { get; init; }

    /// <summary>Limits of the value.</summary>
    public JsonElement? ValidatorAttrs { get; init; }

    /// <summary>Whether the field is required.</summary>
    public bool? IsRequired { get; init; }

    /// <summary>Default value.</summary>
    public JsonElement? DefaultValue { get; init; }
}
