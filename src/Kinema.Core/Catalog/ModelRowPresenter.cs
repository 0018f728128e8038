using System.Text.Json;
using Kinema.Core.Json;

namespace Kinema.Core.Catalog;

/// <summary>Writes the examples and the prices of a model as JSON.</summary>
internal static class ModelRowPresenter
{
    public static RecordWriter<ModelRow<ExampleManifest>> Examples { get; } = new(
        ("id", (w, n, r) => w.WriteString(n, CatalogIds.OfRow(r.Model, "example", r.Value.Title))),
        ("model_id", (w, n, r) => w.WriteString(n, r.Model.Id)),
        ("title", (w, n, r) => w.WriteString(n, r.Value.Title)),
        ("description", (w, n, r) => w.WriteString(n, r.Value.Description)),
        ("input", WriteInput),
        ("output", RecordWriter.Null),
        ("status_code", RecordWriter.Null),
        ("cost", RecordWriter.Null),
        ("start_type", RecordWriter.Null),
        ("timing", RecordWriter.Null),
        ("duration_ms", RecordWriter.Null),
        ("total_ms", RecordWriter.Null),
        ("thumbnail_url", RecordWriter.Null),
        ("category_code", (w, n, r) => w.WriteString(n, r.Model.Category)),
        ("is_featured", (w, n, r) => w.WriteBoolean(n, r.Order == 0)),
        ("is_public", (w, n, _) => w.WriteBoolean(n, true)),
        ("sort_order", (w, n, r) => w.WriteNumber(n, r.Order)),
        ("ran_at", RecordWriter.Null));

    /// <summary>A manifest has one price for one unit of what was delivered; nothing narrows or multiplies it.</summary>
    public static RecordWriter<ModelRow<PriceManifest>> Prices { get; } = new(
        ("id", (w, n, r) => w.WriteString(n, CatalogIds.OfRow(r.Model, "pricing", r.Value.Unit))),
        ("model_id", (w, n, r) => w.WriteString(n, r.Model.Id)),
        ("pricing_model_code", (w, n, _) => w.WriteString(n, "per_unit")),
        ("rule_effect_code", (w, n, _) => w.WriteString(n, "base")),
        ("model_input_id", RecordWriter.Null),
        ("match_value", RecordWriter.Null),
        ("dimension_code", RecordWriter.Null),
        ("min_value", RecordWriter.Null),
        ("max_value", RecordWriter.Null),
        ("price", (w, n, r) => w.WriteString(n, r.Value.Amount.ToString())),
        ("currency_code", (w, n, _) => w.WriteString(n, PriceManifest.Currency)),
        ("unit_code", (w, n, r) => w.WriteString(n, r.Value.Unit)),
        ("multiplier_label", RecordWriter.Null),
        ("description", (w, n, r) => w.WriteString(n, r.Value.Note)),
        ("sort_order", (w, n, r) => w.WriteNumber(n, r.Order)),
        ("disabled_at", RecordWriter.Null),
        ("measurement_source", (w, n, _) => w.WriteString(n, "output")),
        ("created_at", (w, n, r) => w.WriteTime(n, r.UpdatedAt)),
        ("updated_at", (w, n, r) => w.WriteTime(n, r.UpdatedAt)));

    private static void WriteInput(Utf8JsonWriter writer, string name, ModelRow<ExampleManifest> row)
    {
        writer.WritePropertyName(name);
        row.Value.Input.WriteTo(writer);
    }
}
