using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Core.Catalog;

namespace Kinema.Core.Json;

/// <summary>Writes JSON responses: UTF-8, unescaped text, times with milliseconds.</summary>
public static class WireJson
{
    // Bodies are served as application/json, never inside a page, so text and URLs stay readable.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer, _options))
            write(writer);

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Serializes a node as it is stored and served.</summary>
    public static string Text(JsonNode node) => Encoding.UTF8.GetString(Write(writer => node.WriteTo(writer)));

    /// <summary>Writes a page of a list; without cursors it is the whole list.</summary>
    public static byte[] WriteList<T>(
        IEnumerable<T> items, Action<Utf8JsonWriter, T> write, string? first = null, string? next = null, string? previous = null, string? warning = null) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var item in items)
            write(writer, item);
        writer.WriteEndArray();

        // The cursors have two documented names each.
        writer.WriteString("first", first);
        writer.WriteString("next", next);
        writer.WriteString("previous", previous);
        writer.WriteString("next_pq", next);
        writer.WriteString("prev_pq", previous);
        if (warning is not null)
            writer.WriteTexts("warnings", [warning]);
        writer.WriteEndObject();
    });

    /// <summary><c>2026-05-06T10:00:00.000Z</c>, as records have it.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary><c>2026-05-06T10:00:00.000+00:00</c>, as callbacks have it: their receivers compare the text.</summary>
    public static string CallbackTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'", CultureInfo.InvariantCulture);

    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    public static void WriteTime(this Utf8JsonWriter writer, string name, DateTimeOffset? time) =>
        writer.WriteString(name, time is { } value ? Time(value) : null);

    /// <summary>Writes errors or warnings with the path to each field.</summary>
    public static void WriteProblems(this Utf8JsonWriter writer, string name, IEnumerable<FieldError>? problems)
    {
        if (problems is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (var problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("loc");
            foreach (var step in problem.Location)
                writer.WriteStringValue(step);
            writer.WriteEndArray();
            writer.WriteString("msg", problem.Message);
            writer.WriteString("type", problem.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes stored JSON text unchanged.</summary>
    public static void WriteRaw(this Utf8JsonWriter writer, string name, string? json)
    {
        writer.WritePropertyName(name);
        if (json is null)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(json);
    }

    public static void WriteNumber(this Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    public static void WriteNumber(this Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    public static void WriteNumber(this Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    public static void WriteBoolean(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } flag)
            writer.WriteBoolean(name, flag);
        else
            writer.WriteNull(name);
    }

    public static void WriteId(this Utf8JsonWriter writer, string name, Guid? id)
    {
        if (id is { } value)
            writer.WriteString(name, value);
        else
            writer.WriteNull(name);
    }
}
