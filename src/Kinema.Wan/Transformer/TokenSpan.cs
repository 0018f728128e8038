namespace Kinema.Wan.Transformer;

/// <summary>Consecutive tokens of one sample that share a timestep.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Start">The first token.</param>
/// <param name="Length">Number of tokens.</param>
/// <param name="Row">The row of the timestep in <see cref="TokenTimesteps.Values"/>.</param>
internal readonly record struct TokenSpan(int Sample, long Start, long Length, int Row);
