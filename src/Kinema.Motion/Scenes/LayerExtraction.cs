using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Extracts the nearest layer of a picture: its colour, its matte, and the inpainted background.</summary>
internal static class LayerExtraction
{
    /// <param name="picture">8 bit colours at working size.</param>
    /// <param name="mask">8 bit, any size: the layer with a hard edge.</param>
    /// <param name="blur">Width of a blurred edge in the picture, in pixels.</param>
    /// <returns>Colour and matte of the layer, and the background. Composited at rest they give the picture again.</returns>
    public static (Mat Colour, Mat Matte, Mat Background) Extract(Mat picture, Mat mask, double blur, CancellationToken ct)
    {
        var matte = AlphaMatte.Of(picture, mask, blur, ct);
        ct.ThrowIfCancellationRequested();
        using var hole = BackgroundInpainting.HoleMask(matte);
        var background = BackgroundInpainting.Inpaint(picture, hole, ct);
        ct.ThrowIfCancellationRequested();
        var colour = ForegroundColours.Estimate(picture, matte, background, hole);
        return (colour, matte, background);
    }
}
