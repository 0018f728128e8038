using System.Text.Json;
using Kinema.Wan.Text.Tokens;

namespace Kinema.Wan.Tests.Text;

/// <summary>Writes a Unigram model as <c>tokenizer.json</c>, the way the transformers library converts a SentencePiece file.</summary>
internal static class TokenizerJson
{
    public static string From(UnigramModel model)
    {
        var added = model.Pieces.Select((piece, id) => (piece, id))
            .Where(entry => entry.piece.Kind is PieceKind.Control or PieceKind.Unknown or PieceKind.UserDefined)
            .Select(entry => new { entry.id, content = entry.piece.Text, special = true });
        return JsonSerializer.Serialize(new
        {
            version = "1.0",
            added_tokens = added,
            normalizer = new
            {
                type = "Sequence",
                normalizers = new object[]
                {
                    new { type = "Precompiled", precompiled_charsmap = Convert.ToBase64String(model.Charsmap.Compiled.Span) },
                    new { type = "Replace", pattern = new { Regex = " {2,}" }, content = " " },
                },
            },
            pre_tokenizer = new { type = "Metaspace", replacement = "\u2581", prepend_scheme = "always", split = true },
            model = new
            {
                type = "Unigram",
                unk_id = model.Unknown,
                byte_fallback = model.ByteFallback,
                vocab = model.Pieces.Select(piece => new object[] { piece.Text, (double)piece.Score }),
            },
        });
    }
}
