namespace Kinema.Wan.Text.Tokens;

/// <summary>What a piece is for; the numbers are SentencePiece's.</summary>
internal enum PieceKind
{
    Normal = 1,
    Unknown = 2,

    /// <summary>Never comes from a text.</summary>
    Control = 3,

    /// <summary>Always kept whole.</summary>
    UserDefined = 4,
    Unused = 5,

    /// <summary>One byte, written <c>&lt;0xNN&gt;</c>.</summary>
    Byte = 6,
}
