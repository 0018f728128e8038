using System.Text.Json;

namespace Kinema.Wan.Text.Tokens;

/// <summary>Reads <c>tokenizer.json</c>, the Hugging Face format of the same model: Precompiled normalizer, Metaspace pre-tokenizer, Unigram model.</summary>
/// <remarks>Its pieces have no types: they follow from the names of the control and byte pieces and from the list of added tokens.</remarks>
internal static class TokenizerJsonFile
{
    private const string End = "</s>";
    private static readonly string[] _controls = ["<pad>", "<s>", End];

    // Those that the conversion of a SentencePiece model writes. Another one changes the ids, so it is an error.
    private static readonly string[] _normalizers = ["Precompiled", "Replace", "Strip"];
    private static readonly string[] _preTokenizers = ["Metaspace", "WhitespaceSplit"];

    /// <exception cref="CheckpointException">The file is damaged, or not a Unigram tokenizer; the message names the key.</exception>
    public static UnigramModel Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Parse(new(document.RootElement, ""));
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new CheckpointException($"{path} is not a tokenizer that this library can read: {e.Message}.", e);
        }
    }

    private static UnigramModel Parse(KeyedElement root)
    {
        var model = root.Get("model");
        if (model.Find("type") is { } type && type.Text() != "Unigram")
            throw type.Wrong("\"Unigram\", umT5's kind of model");

        var unknown = model.Get("unk_id").Int();
        var fallback = model.Find("byte_fallback")?.Flag() ?? false;
        var pieces = ReadPieces(root, model.Get("vocab"), unknown, fallback);
        var end = pieces.FindIndex(piece => piece.Text == End);
        if (end < 0)
            throw new InvalidDataException($"\"model.vocab\" lacks the end token {End}");
        if (unknown < 0 || unknown >= pieces.Count)
            throw model.Get("unk_id").Wrong($"the index of one of the {pieces.Count} pieces");

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

    private static List<Piece> ReadPieces(KeyedElement root, KeyedElement vocabulary, int unknown, bool fallback)
    {
        var added = (root.Find("added_tokens")?.Items() ?? []).Select(token => token.Get("content").Text()).ToHashSet(StringComparer.Ordinal);
        if (vocabulary.Value.ValueKind != JsonValueKind.Array)
            throw vocabulary.Wrong("a list");

        var pieces = new List<Piece>(vocabulary.Value.GetArrayLength());
        foreach (var entry in vocabulary.Value.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Array || entry.GetArrayLength() != 2 || entry[0].ValueKind != JsonValueKind.String
                || entry[1].ValueKind != JsonValueKind.Number || !entry[1].TryGetSingle(out var score))
            {
                throw new KeyedElement(entry, $"{vocabulary.Key}[{pieces.Count}]").Wrong("[text, score]");
            }

            var text = entry[0].GetString()!;
            var kind = pieces.Count == unknown ? PieceKind.Unknown
                : _controls.Contains(text) ? PieceKind.Control
                : fallback && IsByte(text) ? PieceKind.Byte
                : added.Contains(text) ? PieceKind.UserDefined
                : PieceKind.Normal;
            pieces.Add(new(text, score, kind));
        }

        return pieces;
    }

    private static bool IsByte(string text) => text.Length == 6 && text.StartsWith("<0x", StringComparison.Ordinal) && text[5] == '>';

    private static byte[] FindMap(KeyedElement root) => Parts(root.Find("normalizer"), "normalizers", _normalizers)
        .Select(normalizer => normalizer.Find("precompiled_charsmap")).FirstOrDefault(map => map is not null)?.Base64() ?? [];

    private static bool AddsPrefix(KeyedElement root) => Parts(root.Find("pre_tokenizer"), "pretokenizers", _preTokenizers).All(AddsPrefixItself);

    private static bool AddsPrefixItself(KeyedElement part) =>
        (part.Find("add_prefix_space")?.Flag() ?? true) && part.Find("prepend_scheme")?.Text() != "never";

    /// <summary>Returns a single component, or the members of a Sequence.</summary>
    private static List<KeyedElement> Parts(KeyedElement? component, string members, string[] known)
    {
        if (component is not { } part)
            return [];

        List<KeyedElement> parts = part.Find(members) is { } list ? [.. list.Items()] : [part];
        foreach (var type in parts.Select(member => member.Find("type")).OfType<KeyedElement>().Where(type => !known.Contains(type.Text())))
            throw type.Wrong($"one of {string.Join(", ", known)}, as in umT5's tokenizer");
        return parts;
    }
}
