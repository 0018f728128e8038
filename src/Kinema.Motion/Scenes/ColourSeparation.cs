using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>The distance between the colour histograms of foreground and background.</summary>
/// <remarks>A mask boundary through the middle of one object has the same colours on both sides, however strong the edges it follows.</remarks>
internal static class ColourSeparation
{
    private const int Levels = 10;

    /// <returns>0 (same colours) to 1 (no colour in common): the Hellinger distance of the two histograms.</returns>
    public static double Of(AnalysisImage picture, Mat mask)
    {
        picture.Lab.GetArray(out Vec3f[] colours);
        mask.GetArray(out byte[] inside);
        var foreground = new double[Levels * Levels * Levels];
        var background = new double[foreground.Length];
        double foregroundCount = 0, backgroundCount = 0;
        for (var i = 0; i < colours.Length; i++)
        {
            var bin = (((Level(colours[i].Item0, 0, 100) * Levels) + Level(colours[i].Item1, -60, 60)) * Levels) + Level(colours[i].Item2, -60, 60);
            if (inside[i] > 0)
            {
                foreground[bin]++;
                foregroundCount++;
            }
            else
            {
                background[bin]++;
                backgroundCount++;
            }
        }

        var overlap = 0.0;
        for (var i = 0; i < foreground.Length; i++)
            overlap += Math.Sqrt(foreground[i] / Math.Max(1, foregroundCount) * (background[i] / Math.Max(1, backgroundCount)));
        return Math.Sqrt(Math.Max(0, 1 - overlap));

        static int Level(float value, float low, float high) => Math.Clamp((int)((value - low) / (high - low) * Levels), 0, Levels - 1);
    }
}
