namespace Kinema.Wan.Text.Tokens;

/// <summary>A SentencePiece Unigram model, whichever file it was read from.</summary>
internal sealed record UnigramModel
{
    /// <summary>All pieces; a piece's id is its index.</summary>
    public required IReadOnlyList<Piece> Pieces { get; init; }

    /// <summary>The id of what no piece covers.</summary>
    public required int Unknown { get; init; }

    /// <summary>The id that ends a text.</summary>
    public required int End { get; init; }

    /// <summary>What characters are replaced with before the text is cut.</summary>
    public PrecompiledCharsmap Charsmap { get; init; } = new([]);

    /// <summary>Whether what no piece covers is written as its UTF-8 bytes.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>Whether a text begins as if a space stood before it.</summary>
    public bool AddDummyPrefix { get; init; } = true;

    /// <summary>Whether runs of spaces become one and those at the ends none.</summary>
    public bool RemoveExtraSpaces { get; init; } = true;

    /// <summary>Whether spaces are written ▁ (U+2581).</summary>
    public bool EscapeSpaces { get; init; } = true;
}
