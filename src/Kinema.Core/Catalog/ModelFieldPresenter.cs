using System.Text.Json;
using Kinema.Core.Json;
using Kinema.Engines;

namespace Kinema.Core.Catalog;

/// <summary>Writes the fields of a model as JSON.</summary>
internal static class ModelFieldPresenter
{
    public static void WriteInput(Utf8JsonWriter writer, ModelManifest model, FieldManifest field, int order, DateTimeOffset updated)
    {
        writer.WriteStartObject();
        writer.WriteString("id", ModelPresenter.RowId(model, "input", field.Name));
        writer.WriteString("model_id", model.Id);
        writer.WriteString("name", field.Name);
        writer.WriteString("display_name", field.DisplayName);
        writer.WriteString("description", field.Description);
        writer.WriteString("variable_type_code", ManifestNode.CodeOf(field.Type));
        writer.WriteString("default_behavior_code", field.Default is null ? "none" : "static");
        WriteValidator(writer, field);
        writer.WriteBoolean("is_required", field.Required);
        writer.WritePropertyName("default_value");
        if (field.Default is { } value)
            value.WriteTo(writer);
        else
            writer.WriteNullValue();
        writer.WriteNumber("sort_order", order);
        writer.WriteBoolean("is_featured", field.Meaning is FieldMeaning.Prompt or FieldMeaning.FirstFrame);
        writer.WriteTime("created_at", updated);
        writer.WriteTime("updated_at", updated);
        writer.WriteEndObject();
    }

    public static void WriteOutput(Utf8JsonWriter writer, ModelManifest model, OutputFieldManifest field, int order)
    {
        writer.WriteStartObject();
        writer.WriteString("id", ModelPresenter.RowId(model, "output", field.Name));
        writer.WriteString("model_id", model.Id);
        writer.WriteString("name", field.Name);
        writer.WriteString("display_name", field.Name);
        writer.WriteString("description", field.Description);
        writer.WriteString("variable_type_code", field.Type);
        writer.WriteNull("validator_code");
        writer.WriteNull("validator_attrs");
        writer.WriteNumber("sort_order", order);
        writer.WriteEndObject();
    }

    private static void WriteValidator(Utf8JsonWriter writer, FieldManifest field)
    {
        switch (field)
        {
            case { AllowedValues.Count: > 0 }:
                writer.WriteString("validator_code", "enum");
                writer.WriteStartObject("validator_attrs");
                WriteTexts(writer, "allowed_values", field.AllowedValues);
                break;
            case { MaxLength: { } length }:
                writer.WriteString("validator_code", "length");
                writer.WriteStartObject("validator_attrs");
                writer.WriteNumber("max_length", length);
                break;
            case { Type: FieldType.Integer }:
                writer.WriteString("validator_code", "range");
                writer.WriteStartObject("validator_attrs");
                writer.WriteNumber("minimum", field.Minimum);
                writer.WriteNumber("maximum", field.Maximum);
                break;
            case { Media: { } media }:
                writer.WriteString("validator_code", "media");
                writer.WriteStartObject("validator_attrs");
                WriteMedia(writer, media);
                break;
            default:
                writer.WriteNull("validator_code");
                writer.WriteNull("validator_attrs");
                return;
        }

        writer.WriteEndObject();
    }

    private static void WriteMedia(Utf8JsonWriter writer, MediaLimits media)
    {
        WriteTexts(writer, "content_types", media.ContentTypes);
        writer.WriteNumber("max_bytes", media.MaxBytes);
        writer.WriteNumber("min_side", (long?)media.MinSide);
        writer.WriteNumber("max_side", (long?)media.MaxSide);
        writer.WriteNumber("max_pixels", media.MaxPixels);
        writer.WriteNumber("max_aspect_ratio", media.MaxAspectRatio);
        writer.WriteNumber("min_seconds", media.MinSeconds);
        writer.WriteNumber("max_seconds", media.MaxSeconds);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
