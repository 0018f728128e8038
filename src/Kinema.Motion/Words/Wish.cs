namespace Kinema.Motion.Words;

/// <summary>A move found in a clause.</summary>
/// <param name="IsVague">Its direction was not said.</param>
/// <param name="IsViewpoint">A move only where nothing else is one.</param>
internal sealed record Wish(Move Move, Speed Speed, int Place, bool IsVague, bool IsViewpoint);
