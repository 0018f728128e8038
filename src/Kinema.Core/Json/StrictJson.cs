using System.Text.Json;
using System.Text.Unicode;

namespace Kinema.Core.Json;

/// <summary>
/// Parses request bodies strictly: UTF-8, with or without a byte order mark, RFC 8259 without comments and trailing commas, no name twice in one object,
/// at most 32 levels. Rejects input that two parsers could read differently.
/// </summary>
public static class StrictJson
{
    public const int MaxDepth = 32;

    /// <summary>Values in one body; a request needs a few dozen.</summary>
    public const int MaxValues = 100_000;

    /// <summary>Bytes of one name; no object that is kept holds a longer one.</summary>
    public const int MaxNameBytes = 16 * 1024;

    private static readonly JsonDocumentOptions _options = new() { MaxDepth = MaxDepth };

    /// <returns>The value, which owns its memory, or the problem.</returns>
    public static StrictJsonResult Read(ReadOnlySpan<byte> utf8) =>
        Check(utf8[MarkLength(utf8)..]) is { } problem ? StrictJsonResult.Refused(problem) : new(JsonElement.Parse(utf8[MarkLength(utf8)..], _options), null);

    /// <returns>A document over the given memory, which is not copied and must outlive it, or the problem.</returns>
    public static (JsonDocument? Document, string? Problem) ReadInPlace(ReadOnlyMemory<byte> utf8) =>
        Check(utf8.Span[MarkLength(utf8.Span)..]) is { } problem ? (null, problem) : (JsonDocument.Parse(utf8[MarkLength(utf8.Span)..], _options), null);

    /// <summary>Some programs begin every text with a byte order mark; RFC 8259 lets a parser ignore it.</summary>
    private static int MarkLength(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8) ? 3 : 0;

    private static string? Check(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "The body is empty; a JSON object belongs there.";
        if (!Utf8.IsValid(utf8))
            return "The body is not valid UTF-8.";

        try
        {
            return FindProblem(utf8);
        }
        catch (JsonException e)
        {
            // Only the position: the parser's message quotes the body.
            return $"The body is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.";
        }
    }

    private static string? FindProblem(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        var names = new Stack<HashSet<string>>();
        var values = 0;
        while (reader.Read())
        {
            if (++values > MaxValues)
                return $"The body holds more than {MaxValues} values.";
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaxDepth)
                return $"The body is nested more than {MaxDepth} levels deep.";

            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    names.Push([]);
                    break;
                case JsonTokenType.EndObject:
                    names.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    if (reader.ValueSpan.Length > MaxNameBytes)
                        return $"The body has a name of more than {MaxNameBytes} bytes.";
                    if (ReadName(ref reader) is not { } name)
                        return "The body has a name with half of a surrogate pair.";
                    if (!names.Peek().Add(name))
                        return $"The body has the name \"{Catalog.ReceivedValue.Shorten(name)}\" twice in one object.";
                    break;
            }
        }

        return null;
    }

    private static string? ReadName(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

/// <param name="Value">Parsed value, or null if invalid.</param>
/// <param name="Problem">One sentence for the caller, or null.</param>
public sealed record StrictJsonResult(JsonElement? Value, string? Problem)
{
    internal static StrictJsonResult Refused(string problem) => new(null, problem);
}
