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

    public byte[] ToJson() => WireJson.WriteList(Rows, WriteRow, ListCursorCodec.Start, Next, Previous);

    /// <summary>The rows alone, for lists that are documented as bare arrays.</summary>
    public byte[] ToArrayJson() => WireJson.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var row in Rows)
            WriteRow(writer, row);
        writer.WriteEndArray();
    });

    private void WriteRow(Utf8JsonWriter writer, JsonElement row)
    {
        if (Fields is null)
        {
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(row));
            return;
        }

        writer.WriteStartObject();
        foreach (var member in row.EnumerateObject().Where(member => Fields.Contains(member.Name)))
        {
            writer.WritePropertyName(member.Name);
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value));
        }

        writer.WriteEndObject();
    }
}
