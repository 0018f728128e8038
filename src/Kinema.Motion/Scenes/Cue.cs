namespace Kinema.Motion.Scenes;

/// <summary>What one hint says about the distances of the regions.</summary>
/// <param name="Nearness">Inverse depth of each region, 0 to 1.</param>
/// <param name="Weight">How far each region's value can be relied upon, 0 to 1.</param>
/// <param name="Reliability">How much the hint as a whole has to say about this picture, 0 to 1.</param>
internal sealed record Cue(float[] Nearness, float[] Weight, double Reliability);
