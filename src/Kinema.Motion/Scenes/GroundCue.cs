namespace Kinema.Motion.Scenes;

/// <summary>Things lower in a picture stand nearer on the ground; above the horizon there is nothing to stand on.</summary>
internal static class GroundCue
{
    private const float Far = 0.12f;
    private const float Near = 0.9f;
    private const float Endless = 0.03f;

    /// <param name="horizon">Fraction of the height.</param>
    /// <param name="certainty">Of the horizon, 0 to 1: without one the ramp is gentle.</param>
    public static Cue Of(Superpixels regions, bool[] sky, double horizon, double certainty)
    {
        var nearness = new float[regions.Count];
        var weight = new float[regions.Count];
        var (far, near) = (Far + (0.12f * (1 - (float)certainty)), Near - (0.15f * (1 - (float)certainty)));
        for (var i = 0; i < regions.Count; i++)
        {
            var below = Math.Clamp((regions.Y[i] - (float)horizon) / Math.Max(0.1f, 1 - (float)horizon), 0, 1);
            nearness[i] = sky[i] ? Endless : far + ((near - far) * below);
            weight[i] = sky[i] ? 1 : 0.5f + (0.5f * below);
        }

        return new Cue(nearness, weight, 0.35 + (0.5 * certainty));
    }
}
