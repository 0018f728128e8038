using System.Text.Json;
using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Text.Tokens;

/// <summary>Reads <c>tokenizer.json</c>, the Hugging Face format of the same model: Precompiled normalizer, Metaspace pre-tokenizer, Unigram model.</summary>
/// <remarks>Its pieces have no types: they follow from the names of the control and byte pieces and from the list of added tokens.</remarks>
internal static class TokenizerJsonFile
{
    private const string End = "</s>";
    private static readonly string[] _controls = ["<pad>", "<s>", End];

    /// <exception cref="CheckpointException">The file is damaged, or not a Unigram tokenizer.</exception>
    public static UnigramModel Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Parse(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new CheckpointException($"{path} is not a Unigram tokenizer this library can read: {e.Message}", e);
        }
    }

    private static UnigramModel Parse(JsonElement root)
    {
        var model = root.GetProperty("model");
        if (model.TryGetProperty("type", out var type) && type.GetString() != "Unigram")
            throw new InvalidDataException($"its model type is {type}; only Unigram is supported.");

        var unknown = model.GetProperty("unk_id").GetInt32();
        var fallback = model.TryGetProperty("byte_fallback", out var flag) && flag.GetBoolean();
        var pieces = ReadPieces(root, model, unknown, fallback);
        var end = pieces.FindIndex(piece => piece.Text == End);
        if (end < 0 || unknown < 0 || unknown >= pieces.Count)
            throw new InvalidDataException($"its vocabulary lacks {End} or the unknown piece {unknown}.");

        return new()
        {
            Pieces = pieces,
            Unknown = unknown,
            End = end,
            ByteFallback = fallback,
            Charsmap = new(FindMap(root)),
            AddDummyPrefix = AddsPrefix(root),
        };
    }

    private static List<Piece> ReadPieces(JsonElement root, JsonElement model, int unknown, bool fallback)
    {
        var added = root.TryGetProperty("added_tokens", out var tokens)
            ? tokens.EnumerateArray().Select(token => token.GetProperty("content").GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        var pieces = new List<Piece>();
        foreach (var entry in model.GetProperty("vocab").EnumerateArray())
        {
            var text = entry[0].GetString()!;
            var kind = pieces.Count == unknown ? PieceKind.Unknown
                : _controls.Contains(text) ? PieceKind.Control
                : fallback && IsByte(text) ? PieceKind.Byte
                : added.Contains(text) ? PieceKind.UserDefined
                : PieceKind.Normal;
            pieces.Add(new(text, entry[1].GetSingle(), kind));
        }

        return pieces;
    }

    private static bool IsByte(string text) => text.Length == 6 && text.StartsWith("<0x", StringComparison.Ordinal) && text[5] == '>';

    private static byte[] FindMap(JsonElement root)
        => root.TryGetProperty("normalizer", out var normalizer) ? Parts(normalizer, "normalizers").Select(Map).FirstOrDefault(map => map is not null) ?? [] : [];

    private static byte[]? Map(JsonElement normalizer)
        => normalizer.TryGetProperty("precompiled_charsmap", out var map) && map.ValueKind == JsonValueKind.String ? map.GetBytesFromBase64() : null;

    private static bool AddsPrefix(JsonElement root)
        => !root.TryGetProperty("pre_tokenizer", out var preTokenizer) || Parts(preTokenizer, "pretokenizers").All(AddsPrefixItself);

    private static bool AddsPrefixItself(JsonElement part)
        => !(part.TryGetProperty("add_prefix_space", out var add) && add.ValueKind == JsonValueKind.False)
           && !(part.TryGetProperty("prepend_scheme", out var scheme) && scheme.GetString() == "never");

    /// <summary>Returns a single component, or the members of a Sequence.</summary>
    private static JsonElement[] Parts(JsonElement part, string members)
        => part.ValueKind != JsonValueKind.Object ? [] : part.TryGetProperty(members, out var list) ? [.. list.EnumerateArray()] : [part];
}
