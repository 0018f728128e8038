using System.Globalization;
using System.Text.Json;
using Kinema.Core.Json;

namespace Kinema.Core.Catalog;

/// <summary>Writes models as JSON, derived from their manifests: every documented member, null where a manifest has nothing to say, then additional ones.</summary>
public static class ModelPresenter
{
    public static RecordWriter<ModelEntry> Record { get; } = new(
        ("id", (w, n, m) => w.WriteString(n, m.Manifest.Id)),
        ("org_id", RecordWriter.Null),
        ("model_creator_id", (w, n, m) => w.WriteString(n, CatalogIds.OfCreator(m.Owner))),
        ("slug", (w, n, m) => w.WriteString(n, m.Manifest.Slug)),
        ("name", (w, n, m) => w.WriteString(n, m.Manifest.Name)),
        ("description", (w, n, m) => w.WriteString(n, m.Manifest.Tagline)),
        ("version", (w, n, m) => w.WriteNumber(n, m.Manifest.Version)),
        ("is_public", (w, n, _) => w.WriteBoolean(n, true)),
        ("is_open_source", RecordWriter.Null),
        ("icon_url", RecordWriter.Null),
        ("cover_url", RecordWriter.Null),
        ("category_code", (w, n, m) => w.WriteString(n, m.Manifest.Category)),
        ("status_code", (w, n, m) => w.WriteString(n, m.Manifest.Enabled ? CatalogFields.Active : CatalogFields.Disabled)),
        ("family_id", RecordWriter.Null),
        ("family_variant_code", RecordWriter.Null),
        ("param_count", RecordWriter.Null),
        ("architecture", RecordWriter.Null),
        ("license_code", (w, n, m) => w.WriteString(n, m.Manifest.License)),
        ("max_resolution", (w, n, m) => w.WriteString(n, m.Manifest.Inputs.FirstOrDefault(f => f.Meaning == FieldMeaning.Resolution)?.AllowedValues[^1])),
        ("lora_support", RecordWriter.Null),
        ("fine_tuning", RecordWriter.Null),
        ("supports_streaming", (w, n, _) => w.WriteBoolean(n, false)),
        ("paper_url", RecordWriter.Null),
        ("github_url", RecordWriter.Null),
        ("is_official", (w, n, _) => w.WriteBoolean(n, false)),
        ("availability_status", (w, n, m) => w.WriteString(n, m.IsAvailable ? CatalogFields.Available : CatalogFields.Unavailable)),
        ("seo", RecordWriter.Null),
        ("notable_features", RecordWriter.EmptyArray),
        ("content", RecordWriter.Null),
        ("pricing_note", (w, n, m) => w.WriteString(n, m.Manifest.Price.Note)),
        ("created_by", RecordWriter.Null),
        ("created_at", (w, n, m) => w.WriteTime(n, m.UpdatedAt)),
        ("updated_at", (w, n, m) => w.WriteTime(n, m.UpdatedAt)),
        ("deleted_at", RecordWriter.Null),
        ("deleted_by", RecordWriter.Null),
        ("provider", (w, n, m) => w.WriteString(n, m.Manifest.Provider)),
        ("last_updated", (w, n, m) => w.WriteString(n, m.Manifest.LastUpdated.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
        ("runs_path", (w, n, m) => w.WriteString(n, $"/v1/models/{m.Manifest.Slug}/runs")),
        ("price", WritePrice),
        ("inputs", (w, n, m) => ModelFieldPresenter.Inputs.WriteArray(w, n, ModelRow.Of(m.Manifest, m.Manifest.Inputs))),
        ("exactly_one_of", (w, n, m) => WriteGroups(w, n, m.Manifest.ExactlyOneOf)),
        ("not_together", (w, n, m) => WriteGroups(w, n, m.Manifest.NotTogether)),
        ("outputs", (w, n, m) => ModelFieldPresenter.Outputs.WriteArray(w, n, ModelRow.Of(m.Manifest, m.Manifest.Outputs))),
        ("examples", (w, n, m) => ModelRowPresenter.Examples.WriteArray(w, n, ModelRow.Of(m.Manifest, m.Manifest.Examples))),
        ("pricing", (w, n, m) => ModelRowPresenter.Prices.WriteArray(w, n, ModelRow.Of(m.Manifest, [m.Manifest.Price]))));

    public static byte[] Present(ModelEntry model) => WireJson.Write(writer => Record.Write(writer, model));

    private static void WritePrice(Utf8JsonWriter writer, string name, ModelEntry model)
    {
        var price = model.Manifest.Price;
        writer.WriteStartObject(name);
        writer.WriteString("amount", price.Amount.ToString());
        writer.WriteString("unit", price.Unit);
        writer.WriteString("currency", PriceManifest.Currency);
        writer.WriteString("label", price.Label);
        writer.WriteString("note", price.Note);
        writer.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter writer, string name, IReadOnlyList<IReadOnlyList<string>> groups)
    {
        writer.WriteStartArray(name);
        foreach (var group in groups)
        {
            writer.WriteStartArray();
            foreach (var field in group)
                writer.WriteStringValue(field);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
