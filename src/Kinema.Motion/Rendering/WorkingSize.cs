using Kinema.Engines;

namespace Kinema.Motion.Rendering;

/// <summary>The working size of a scene, in pixels.</summary>
internal static class WorkingSize
{
    /// <summary>
    /// Working pixels for each visible one. At 1.0 two filters at the same limit would cost a tenth of the sharpness. Above 1.5 the frame gains nothing, while
    /// fills and mattes cost in proportion to area.
    /// </summary>
    private const double Oversampling = 1.5;

    /// <param name="widest">The largest part of the picture that is ever on screen, as a fraction of its sides.</param>
    /// <returns>At most the picture's own size.</returns>
    public static (int Width, int Height) For(int pictureWidth, int pictureHeight, VideoFormat format, double widest = 1)
    {
        var wanted = Oversampling / Math.Clamp(widest, 0.25, 1);
        var scale = Math.Min(1, Math.Max(wanted * format.Width / pictureWidth, wanted * format.Height / pictureHeight));
        return (Math.Max(1, (int)Math.Round(pictureWidth * scale)), Math.Max(1, (int)Math.Round(pictureHeight * scale)));
    }
}
