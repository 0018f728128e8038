using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kinema.Core.Json;

namespace Kinema.Core.Catalog;

/// <summary>Writes models as JSON, derived from their manifests.</summary>
public static class ModelPresenter
{
    /// <param name="model">The model.</param>
    /// <param name="available">Whether the model accepts runs now.</param>
    public static byte[] Present(ModelManifest model, bool available) => WireJson.Write(writer => Write(writer, model, available));

    public static byte[] PresentAll(IEnumerable<(ModelManifest Model, bool Available)> models) =>
        WireJson.WriteList(models, (writer, entry) => Write(writer, entry.Model, entry.Available));

    private static void Write(Utf8JsonWriter writer, ModelManifest model, bool available)
    {
        var updated = new DateTimeOffset(model.LastUpdated, TimeOnly.MinValue, TimeSpan.Zero);
        writer.WriteStartObject();
        writer.WriteString("id", model.Id);
        WriteNulls(writer, "org_id", "model_creator_id");
        writer.WriteString("slug", model.Slug);
        writer.WriteString("name", model.Name);
        writer.WriteString("description", model.Tagline);
        writer.WriteNumber("version", model.Version);
        writer.WriteBoolean("is_public", true);
        WriteNulls(writer, "is_open_source", "icon_url", "cover_url");
        writer.WriteString("category_code", model.Category);
        writer.WriteString("status_code", model.Enabled ? "active" : "disabled");
        WriteNulls(writer, "family_id", "family_variant_code", "param_count", "architecture");
        writer.WriteString("license_code", model.License);
        writer.WriteString("max_resolution", model.Inputs.FirstOrDefault(f => f.Meaning == FieldMeaning.Resolution)?.AllowedValues[^1]);
        WriteNulls(writer, "lora_support", "fine_tuning");
        writer.WriteBoolean("supports_streaming", false);
        WriteNulls(writer, "paper_url", "github_url");
        writer.WriteBoolean("is_official", false);
        writer.WriteString("availability_status", model.Enabled && available ? "available" : "unavailable");
        WriteNulls(writer, "seo");
        writer.WriteStartArray("notable_features");
        writer.WriteEndArray();
        WriteNulls(writer, "content");
        writer.WriteString("pricing_note", model.Price.Note);
        WriteNulls(writer, "created_by");
        writer.WriteTime("created_at", updated);
        writer.WriteTime("updated_at", updated);
        WriteNulls(writer, "deleted_at", "deleted_by");
        writer.WriteString("provider", model.Provider);
        writer.WriteString("last_updated", model.LastUpdated.ToString("yyyy-MM-dd", null));
        writer.WriteString("runs_path", $"/v1/models/{model.Slug}/runs");
        WritePrice(writer, model.Price);
        WriteRows(writer, "inputs", model.Inputs, (field, order) => ModelFieldPresenter.WriteInput(writer, model, field, order, updated));
        WriteGroups(writer, "exactly_one_of", model.ExactlyOneOf);
        WriteGroups(writer, "not_together", model.NotTogether);
        WriteRows(writer, "outputs", model.Outputs, (field, order) => ModelFieldPresenter.WriteOutput(writer, model, field, order));
        WriteRows(writer, "examples", model.Examples, (example, order) => WriteExample(writer, model, example, order));
        writer.WriteEndObject();
    }

    /// <summary>Returns a stable id for a row of a model.</summary>
    internal static Guid RowId(ModelManifest model, string kind, string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{model.Id:D}/{kind}/{name}")).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }

    private static void WritePrice(Utf8JsonWriter writer, PriceManifest price)
    {
        writer.WriteStartObject("price");
        writer.WriteString("amount", price.Amount.ToString());
        writer.WriteString("unit", price.Unit);
        writer.WriteString("currency", "USD");
        writer.WriteString("label", price.Label);
        writer.WriteString("note", price.Note);
        writer.WriteEndObject();
    }

    private static void WriteExample(Utf8JsonWriter writer, ModelManifest model, ExampleManifest example, int order)
    {
        writer.WriteStartObject();
        writer.WriteString("id", RowId(model, "example", example.Title));
        writer.WriteString("title", example.Title);
        writer.WriteString("description", example.Description);
        writer.WritePropertyName("input");
        example.Input.WriteTo(writer);
        WriteNulls(writer, "output", "status_code", "cost", "start_type", "timing", "duration_ms", "total_ms", "thumbnail_url");
        writer.WriteString("category_code", model.Category);
        writer.WriteBoolean("is_featured", order == 0);
        writer.WriteBoolean("is_public", true);
        writer.WriteNumber("sort_order", order);
        WriteNulls(writer, "ran_at");
        writer.WriteEndObject();
    }

    private static void WriteRows<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> rows, Action<T, int> write)
    {
        writer.WriteStartArray(name);
        for (var i = 0; i < rows.Count; i++)
            write(rows[i], i);
        writer.WriteEndArray();
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

    private static void WriteNulls(Utf8JsonWriter writer, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            writer.WriteNull(name);
    }
}
