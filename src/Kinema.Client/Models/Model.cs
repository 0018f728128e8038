using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

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

    /// <summary>Category, for example <c>image-to-video</c>.</summary>
    [JsonPropertyName("category_code")]
    public string? Category { get; init; }

    /// <summary>Whether the model accepts runs now, one of <see cref="ModelAvailability"/>.</summary>
    [JsonPropertyName("availability_status")]
    public string? Availability { get; init; }

    /// <summary>Human-readable price.</summary>
    public string? PricingNote { get; init; }

    /// <summary>Input fields; only in the response for a single model.</summary>
    public IReadOnlyList<ModelInput>? Inputs { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Slug = {Slug}, Availability = {Availability}");
        return true;
    }
}
