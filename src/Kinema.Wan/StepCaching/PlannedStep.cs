namespace Kinema.Wan.StepCaching;

/// <summary>Whether a step skips the blocks, and the accumulated error estimate if it does.</summary>
internal readonly record struct PlannedStep(bool IsSkipped, double EstimatedError);
