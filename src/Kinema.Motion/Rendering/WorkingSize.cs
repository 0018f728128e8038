using Kinema.Engines;

namespace Kinema.Motion.Rendering;

/// <summary>At how many pixels a scene is taken apart.</summary>
internal static class WorkingSize
{
    /// <summary>
    /// Working pixels for each visible one. At 1.0 the picture would be filtered twice at the same limit and lose a tenth of its sharpness;
    /// above 1.5 nothing more arrives in the frame, while fills and mattes cost their area.
    /// </summary>
    private const double Oversampling = 1.5;

    /// <param name="widest">The largest part of the picture that is ever on screen, as a fraction of its sides.</param>
    /// <returns>Never more than the picture has.</returns>
    public static (int Width, int Height) For(int pictureWidth, int pictureHeight, VideoFormat format, double widest = 1)
    {
        var wanted = Oversampling / Math.Clamp(widest, 0.25, 1);
        var scale = Math.Min(1, Math.Max(wanted * format.Width / pictureWidth, wanted * format.Height / pictureHeight));
        return (Math.Max(1, (int)Math.Round(pictureWidth * scale)), Math.Max(1, (int)Math.Round(pictureHeight * scale)));
    }
}
