namespace Kinema.Wan.Transformer;

/// <summary>Tokens that follow one another in one sample and share a time.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Start">Its first token.</param>
/// <param name="Length">How many.</param>
/// <param name="Row">The row of the time in <see cref="TokenTimesteps.Values"/>.</param>
internal readonly record struct TokenSpan(int Sample, long Start, long Length, int Row);
