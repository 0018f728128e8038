using Kinema.Wan.Checkpoints;
using Kinema.Wan.Pipelines;

namespace Kinema.Wan.Text.Tokens;

/// <summary>Splits text into the most probable sequence of pieces, as SentencePiece does (Unigram, Kudo 2018, section 3.1; Viterbi over bytes).</summary>
internal sealed class Tokenizer
{
    /// <summary>SentencePiece's penalty below the worst score, for a character that no piece covers.</summary>
    private const float UnknownPenalty = 10;

    private readonly UnigramModel _model;
    private readonly TextNormaliser _normaliser;
    private readonly PieceIndex _pieces;
    private readonly int[] _bytes;
    private readonly float _unknownScore;
    private readonly float _bestScore;

    public Tokenizer(UnigramModel model)
    {
        _model = model;
        _normaliser = new(model);
        _pieces = new(model.Pieces.Select((piece, id) => (piece, id))
            .Where(entry => entry.piece.Kind is PieceKind.Normal or PieceKind.UserDefined).Select(entry => (entry.piece.Text, entry.id)));
        _bytes = model.ByteFallback ? FindBytes(model) : [];

        var scores = model.Pieces.Where(piece => piece.Kind == PieceKind.Normal).Select(piece => piece.Score).DefaultIfEmpty().ToArray();
        _unknownScore = scores.Min() - UnknownPenalty;

        // SentencePiece starts its search for the best score at the smallest positive float, so negative scores never win.
        _bestScore = Math.Max(scores.Max(), 1.17549435e-38f);
    }

    /// <summary>Number of pieces; every id is below it.</summary>
    public int Vocabulary => _model.Pieces.Count;

    /// <summary>Opens a checkpoint's tokenizer.</summary>
    /// <param name="path">
    /// <c>spiece.model</c> or <c>tokenizer.json</c>, a folder with one of them, or a safetensors file with an embedded <c>spiece.model</c>.
    /// </param>
    /// <exception cref="CheckpointException">The tokenizer is missing or damaged.</exception>
    public static Tokenizer Open(string path)
    {
        if (!File.Exists(path))
            return OpenFolder(path);

        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSON" => new(TokenizerJsonFile.Read(path)),
            ".SAFETENSORS" => new(SentencePieceFile.Read(EmbeddedTokenizer.Read(path), $"{path}: tensor \"spiece_model\"")),
            _ => new(SentencePieceFile.Read(path)),
        };
    }

    private static Tokenizer OpenFolder(string folder)
    {
        var (pieces, json) = (Path.Combine(folder, "spiece.model"), Path.Combine(folder, "tokenizer.json"));
        if (!File.Exists(pieces) && !File.Exists(json))
            throw new CheckpointException($"{Missing(folder)}. A prompt needs a tokenizer: {TokenizerLoader.Remedy}.");

        return File.Exists(pieces) ? new(SentencePieceFile.Read(pieces)) : new(TokenizerJsonFile.Read(json));
    }

    private static string Missing(string path) => Directory.Exists(path) ? $"{path} has neither spiece.model nor tokenizer.json" : $"{path} does not exist";

    /// <summary>Returns the ids of a text, including the end token.</summary>
    public List<int> Encode(string text)
    {
        var ids = new List<int>();
        var normalised = _normaliser.Normalise(text);
        var afterUnknown = false;
        foreach (var (start, length, id) in BestPath(normalised))
        {
            var unknown = id == _model.Unknown;
            if (unknown && _bytes.Length > 0)
                ids.AddRange(normalised.AsSpan(start, length).ToArray().Select(value => _bytes[value]));
            else if (!unknown || !afterUnknown)
                ids.Add(id);

            // A run of characters that no piece covers is one unknown token.
            afterUnknown = unknown;
        }

        ids.Add(_model.End);
        return ids;
    }

    /// <summary>Returns the ids, truncated to a maximum number of tokens, the last of them the end token.</summary>
    public List<int> Encode(string text, int maximum)
    {
        var ids = Encode(text);
        if (ids.Count > maximum)
        {
            ids.RemoveRange(maximum - 1, ids.Count - maximum);
            ids[^1] = _model.End;
        }

        return ids;
    }

    private List<(int Start, int Length, int Id)> BestPath(ReadOnlySpan<byte> text)
    {
        var best = new Node[text.Length + 1];
        Array.Fill(best, new Node(0, -1, -1));
        var found = new List<(int Length, int Id)>();
        for (var start = 0; start < text.Length;)
        {
            var here = best[start].Score;
            var character = Utf8.CharacterLength(text[start..]);
            _pieces.FindPrefixes(text[start..], found);
            var covered = false;
            foreach (var (length, id) in found)
            {
                Offer(best, start, start + length, id, Score(id, length) + here);
                covered |= length == character;
            }

            if (!covered)
                Offer(best, start, start + character, _model.Unknown, _unknownScore + here);

            start += character;
        }

        var path = new List<(int, int, int)>();
        for (var end = text.Length; end > 0; end = best[end].Start)
            path.Add((best[end].Start, end - best[end].Start, best[end].Id));

        path.Reverse();
        return path;
    }

    /// <summary>Compares in double and stores float, so that ties resolve as in SentencePiece.</summary>
    private static void Offer(Node[] best, int start, int end, int id, double score)
    {
        if (best[end].Start < 0 || score > best[end].Score)
            best[end] = new((float)score, start, id);
    }

    private double Score(int id, int length)
        => _model.Pieces[id] is { Kind: PieceKind.UserDefined } ? length * _bestScore - 0.1 : _model.Pieces[id].Score;

    private static int[] FindBytes(UnigramModel model)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < model.Pieces.Count; id++)
        {
            if (model.Pieces[id].Kind == PieceKind.Byte)
                ids[model.Pieces[id].Text] = id;
        }

        return [.. Enumerable.Range(0, 256).Select(value => ids.GetValueOrDefault($"<0x{value:X2}>", model.Unknown))];
    }

    /// <summary>The best path to a position in the text.</summary>
    /// <param name="Score">Its log probability.</param>
    /// <param name="Start">Start of its last piece; −1 for a position where no piece ends.</param>
    /// <param name="Id">Its last piece.</param>
    private readonly record struct Node(float Score, int Start, int Id);
}
