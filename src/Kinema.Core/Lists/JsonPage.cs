using System.Runtime.InteropServices;
using System.Text.Json;
using Kinema.Core.Json;

namespace Kinema.Core.Lists;

/// <summary>A page of records that were written already.</summary>
/// <param name="Rows">The records.</param>
/// <param name="Fields">The members to show, or null for all.</param>
public sealed record JsonPage(IReadOnlyList<JsonElement> Rows, IReadOnlySet<string>? Fields)
{
    public string? Next { get; init; }

    public string? Previous { get; init; }

    public byte[] ToJson() => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("items");
        WriteRows(writer);
        WireJson.WritePageLinks(writer, ListCursorCodec.Start, Next, Previous);
        writer.WriteEndObject();
    });

    /// <summary>The rows alone, for lists that are documented as bare arrays.</summary>
    public byte[] ToArrayJson() => WireJson.Write(WriteRows);

    private void WriteRows(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var row in Rows)
        {
            if (Fields is null)
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(row));
            else
                WriteSome(writer, row, Fields);
        }

        writer.WriteEndArray();
    }

    private static void WriteSome(Utf8JsonWriter writer, JsonElement row, IReadOnlySet<string> fields)
    {
        writer.WriteStartObject();
        foreach (var member in row.EnumerateObject().Where(member => fields.Contains(member.Name)))
        {
            writer.WritePropertyName(member.Name);
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value));
        }

        writer.WriteEndObject();
    }
}
