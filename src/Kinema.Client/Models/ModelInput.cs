using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>An input field of a model.</summary>
public sealed record ModelInput
{
    /// <summary>JSON name of the field.</summary>
    public required string Name { get; init; }

    /// <summary>Description.</summary>
    public string? Description { get; init; }

    /// <summary>Type: <c>string, integer, number, boolean, list, image, video</c> or <c>file</c>.</summary>
    [JsonPropertyName("variable_type_code")]
    public string? Type { get; init; }

    /// <summary>Limits of the value.</summary>
    [JsonPropertyName("validator_attrs")]
    public JsonElement? Limits { get; init; }

    /// <summary>Whether the field is required.</summary>
    public bool? IsRequired { get; init; }

    /// <summary>Default value.</summary>
    public JsonElement? DefaultValue { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Name = {Name}, Type = {Type}, IsRequired = {IsRequired}");
        return true;
    }
}
