using Kinema.Wan.Images;

namespace Kinema.Wan;

/// <summary>How far a generation is. Only work that was done is counted.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Step">Sampling steps that are done.</param>
/// <param name="Steps">All sampling steps.</param>
/// <param name="Block">Transformer blocks that are done of the step under way; 0 right after a step. A step that step caching skips has none.</param>
/// <param name="Blocks">Blocks of a step, both passes of guidance counted.</param>
/// <param name="Sigma">Share of noise left after the steps done.</param>
/// <param name="Preview">A small picture from the middle of the video, right after a step, where the request asked for it.</param>
/// <param name="StepCache">What step caching has done so far, right after a step, where the request asked for it.</param>
public sealed record WanProgress(
    WanPhase Phase, int Step, int Steps, int Block, int Blocks, double Sigma, RgbImage? Preview = null, WanStepCacheReport? StepCache = null);
