namespace Kinema.Wan;

/// <summary>What step caching did in a sampling step.</summary>
/// <param name="Step">The step, counted from 1.</param>
/// <param name="IsSkipped">Whether the transformer's blocks were left out.</param>
/// <param name="EstimatedError">The error that has added up since the last computed step, by the published magnitudes; 0 for a computed one.</param>
/// <param name="MeasuredError">
/// For a computed step after another of the same transformer, if that is one which skips: how far what the blocks added lies from what they added in the last computed step, as the root
/// of the mean square relative to the new one. Reusing it here would have been so wrong, and the skipped steps before were wrong by less than about that.
/// With guidance the larger of both passes.
/// </param>
public sealed record WanCachedStep(int Step, bool IsSkipped, double EstimatedError, double? MeasuredError);
