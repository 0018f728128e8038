namespace Kinema.Wan.Text.Tokens;

/// <summary>An entry of the vocabulary.</summary>
/// <param name="Text">What it stands for.</param>
/// <param name="Score">Its log probability.</param>
/// <param name="Kind">What it may be used for.</param>
internal readonly record struct Piece(string Text, float Score, PieceKind Kind);
