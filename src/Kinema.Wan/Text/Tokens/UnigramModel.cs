namespace Kinema.Wan.Text.Tokens;

/// <summary>A SentencePiece Unigram model, read from either file format.</summary>
internal sealed record UnigramModel
{
    /// <summary>All pieces; a piece's id is its index.</summary>
    public required IReadOnlyList<Piece> Pieces { get; init; }

    /// <summary>The id of the unknown token.</summary>
    public required int Unknown { get; init; }

    /// <summary>The id of the end token.</summary>
    public required int End { get; init; }

    /// <summary>The precompiled charsmap for normalization.</summary>
    public PrecompiledCharsmap Charsmap { get; init; } = new([]);

    /// <summary>Whether characters that no piece covers are encoded as their UTF-8 bytes (byte fallback).</summary>
    public bool ByteFallback { get; init; }

    /// <summary>Whether to add a space before the text.</summary>
    public bool AddDummyPrefix { get; init; } = true;

    /// <summary>Whether to collapse runs of spaces and strip those at the ends.</summary>
    public bool RemoveExtraSpaces { get; init; } = true;

    /// <summary>Whether to write spaces as ▁ (U+2581).</summary>
    public bool EscapeSpaces { get; init; } = true;
}
