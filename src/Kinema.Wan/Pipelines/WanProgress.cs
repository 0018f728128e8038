namespace Kinema.Wan;

/// <summary>Progress of a generation. It counts only completed work.</summary>
/// <param name="Phase">The current phase.</param>
/// <param name="Step">Completed inference steps.</param>
/// <param name="Steps">Total inference steps.</param>
/// <param name="Block">Completed transformer blocks of the current step; 0 right after a step. A step that step caching skips has none.</param>
/// <param name="Blocks">Blocks per step, counting both guidance passes.</param>
/// <param name="Sigma">Noise level after the completed steps, from 1 to 0.</param>
/// <param name="Preview">A small preview of the middle of the video, right after a step, if the request asks for previews.</param>
/// <param name="StepCache">The effect of step caching so far, right after a step, if the request enables it.</param>
public sealed record WanProgress(
    WanPhase Phase, int Step, int Steps, int Block, int Blocks, double Sigma, RgbImage? Preview = null, WanStepCacheReport? StepCache = null);
