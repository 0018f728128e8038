namespace Kinema.Motion.Scenes;

/// <summary>The depth estimate of one monocular cue for each region.</summary>
/// <param name="Nearness">Inverse depth of each region, 0 to 1.</param>
/// <param name="Weight">Reliability of the value of each region, 0 to 1.</param>
/// <param name="Reliability">Reliability of the cue for this picture, 0 to 1.</param>
internal sealed record DepthCue(float[] Nearness, float[] Weight, double Reliability);
