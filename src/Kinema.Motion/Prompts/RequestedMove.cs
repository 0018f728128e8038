namespace Kinema.Motion.Prompts;

/// <summary>A move found in a clause.</summary>
/// <param name="IsUndirected">The clause gives no direction.</param>
/// <param name="IsViewpoint">A move only when no other term names one.</param>
internal sealed record RequestedMove(Move Move, Speed Speed, int Position, bool IsUndirected, bool IsViewpoint);
