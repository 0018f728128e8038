namespace Kinema.Motion.Scenes;

/// <summary>The ground plane cue: nearness increases downwards from the horizon. Regions above the horizon have no ground contact.</summary>
internal static class GroundCue
{
    private const float HorizonNearness = 0.12f;
    private const float BottomNearness = 0.9f;
    private const float SkyNearness = 0.03f;

    /// <param name="horizon">Fraction of the height.</param>
    /// <param name="certainty">Of the horizon, 0 to 1. A low certainty flattens the ramp.</param>
    public static DepthCue Of(Superpixels regions, bool[] sky, double horizon, double certainty)
    {
        var nearness = new float[regions.Count];
        var weight = new float[regions.Count];
        var (horizonNearness, bottomNearness) = (HorizonNearness + (0.12f * (1 - (float)certainty)), BottomNearness - (0.15f * (1 - (float)certainty)));
        for (var i = 0; i < regions.Count; i++)
        {
            var below = Math.Clamp((regions.Y[i] - (float)horizon) / Math.Max(0.1f, 1 - (float)horizon), 0, 1);
            nearness[i] = sky[i] ? SkyNearness : horizonNearness + ((bottomNearness - horizonNearness) * below);
            weight[i] = sky[i] ? 1 : 0.5f + (0.5f * below);
        }

        return new DepthCue(nearness, weight, 0.35 + (0.5 * certainty));
    }
}
