namespace Kinema.Wan.Text.Tokens;

/// <summary>The type of a piece, with SentencePiece's numbers.</summary>
internal enum PieceKind
{
    Normal = 1,
    Unknown = 2,

    /// <summary>Never matches text.</summary>
    Control = 3,

    /// <summary>Never split.</summary>
    UserDefined = 4,
    Unused = 5,

    /// <summary>One byte, written <c>&lt;0xNN&gt;</c>.</summary>
    Byte = 6,
}
