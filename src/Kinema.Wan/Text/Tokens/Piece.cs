namespace Kinema.Wan.Text.Tokens;

/// <summary>An entry of the vocabulary.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Score">Its log probability.</param>
/// <param name="Kind">Its type.</param>
internal readonly record struct Piece(string Text, float Score, PieceKind Kind);
