namespace Kinema.Motion.Prompts;

/// <summary>A move found in a clause.</summary>
/// <param name="IsUndirected">Its direction was not said.</param>
/// <param name="IsViewpoint">A move only where nothing else is one.</param>
internal sealed record RequestedMove(Move Move, Speed Speed, int Position, bool IsUndirected, bool IsViewpoint);
