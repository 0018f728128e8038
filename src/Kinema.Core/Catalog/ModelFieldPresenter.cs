using System.Text.Json;
using Kinema.Core.Json;
using Kinema.Engines;

namespace Kinema.Core.Catalog;

/// <summary>Writes the inputs and outputs of a model as JSON.</summary>
internal static class ModelFieldPresenter
{
    public static RecordWriter<ModelRow<FieldManifest>> Inputs { get; } = new(
        ("id", (w, n, r) => w.WriteString(n, CatalogIds.OfRow(r.Model, "input", r.Value.Name))),
        ("model_id", (w, n, r) => w.WriteString(n, r.Model.Id)),
        ("name", (w, n, r) => w.WriteString(n, r.Value.Name)),
        ("display_name", (w, n, r) => w.WriteString(n, r.Value.DisplayName)),
        ("description", (w, n, r) => w.WriteString(n, r.Value.Description)),
        ("variable_type_code", (w, n, r) => w.WriteString(n, ManifestNode.CodeOf(r.Value.Type))),
        ("default_behavior_code", (w, n, r) => w.WriteString(n, r.Value.Default is null ? "none" : "static")),
        ("validator_code", (w, n, r) => w.WriteString(n, ValidatorOf(r.Value))),
        ("validator_attrs", (w, n, r) => WriteValidator(w, n, r.Value)),
        ("is_required", (w, n, r) => w.WriteBoolean(n, r.Value.Required)),
        ("default_value", (w, n, r) => WriteDefault(w, n, r.Value)),
        ("sort_order", (w, n, r) => w.WriteNumber(n, r.Order)),
        ("is_featured", (w, n, r) => w.WriteBoolean(n, r.Value.Meaning is FieldMeaning.Prompt or FieldMeaning.FirstFrame)),
        ("created_at", (w, n, r) => w.WriteTime(n, r.UpdatedAt)),
        ("updated_at", (w, n, r) => w.WriteTime(n, r.UpdatedAt)));

    public static RecordWriter<ModelRow<OutputFieldManifest>> Outputs { get; } = new(
        ("id", (w, n, r) => w.WriteString(n, CatalogIds.OfRow(r.Model, "output", r.Value.Name))),
        ("model_id", (w, n, r) => w.WriteString(n, r.Model.Id)),
        ("name", (w, n, r) => w.WriteString(n, r.Value.Name)),
        ("display_name", (w, n, r) => w.WriteString(n, r.Value.Name)),
        ("description", (w, n, r) => w.WriteString(n, r.Value.Description)),
        ("variable_type_code", (w, n, r) => w.WriteString(n, r.Value.Type)),
        ("validator_code", RecordWriter.Null),
        ("validator_attrs", RecordWriter.Null),
        ("sort_order", (w, n, r) => w.WriteNumber(n, r.Order)));

    private static string? ValidatorOf(FieldManifest field) => field switch
    {
        { Type: FieldType.List } => "list",
        { AllowedValues.Count: > 0 } => "enum",
        { MaxLength: not null } => "length",
        { Type: FieldType.Integer or FieldType.Number } => "range",
        { Media: not null } => "media",
        _ => null,
    };

    private static void WriteValidator(Utf8JsonWriter writer, string name, FieldManifest field)
    {
        if (ValidatorOf(field) is not { } validator)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        switch (validator)
        {
            case "enum":
                writer.WriteTexts("allowed_values", field.AllowedValues);
                break;
            case "length":
                writer.WriteNumber("max_length", (long?)field.MaxLength);
                break;
            case "range":
                writer.WriteNumber("minimum", field.Minimum);
                writer.WriteNumber("maximum", field.Maximum);
                if (field.Step is { } step)
                    writer.WriteNumber("step", step);
                break;
            case "list":
                writer.WriteNumber("max_items", (long?)field.MaxItems);
                writer.WriteNumber("max_length", (long?)field.MaxLength);
                writer.WriteTexts("allowed_values", field.AllowedValues);
                break;
            default:
                WriteMedia(writer, field.Media!);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteDefault(Utf8JsonWriter writer, string name, FieldManifest field)
    {
        writer.WritePropertyName(name);
        if (field.Default is { } value)
            value.WriteTo(writer);
        else
            writer.WriteNullValue();
    }

    private static void WriteMedia(Utf8JsonWriter writer, MediaLimits media)
    {
        writer.WriteTexts("content_types", media.ContentTypes);
        writer.WriteNumber("max_bytes", media.MaxBytes);
        writer.WriteNumber("min_side", (long?)media.MinSide);
        writer.WriteNumber("max_side", (long?)media.MaxSide);
        writer.WriteNumber("max_pixels", media.MaxPixels);
        writer.WriteNumber("max_aspect_ratio", media.MaxAspectRatio);
        writer.WriteNumber("min_seconds", media.MinSeconds);
        writer.WriteNumber("max_seconds", media.MaxSeconds);
    }
}
