namespace Kinema.Wan.StepCaching;

/// <summary>Whether a step's blocks are left out, and the error that is estimated to have added up if they are.</summary>
internal readonly record struct PlannedStep(bool IsSkipped, double EstimatedError);
