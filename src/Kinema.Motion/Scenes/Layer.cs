using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>One layer of the layered depth image: colour, alpha matte and surface.</summary>
/// <param name="Colour">At working size, 8 bit, three channels in OpenCV's order (blue, green, red), sRGB, not premultiplied. Inpainted where a nearer layer
/// hides the surface and a little beyond the layer's own outline.</param>
/// <param name="Matte">Alpha at the same size, 8 bit, one channel. Null for the rearmost layer, which covers everything.</param>
/// <param name="Depth">The surface of the layer.</param>
internal sealed record Layer(Mat Colour, Mat? Matte, InverseDepth Depth) : IDisposable
{
    public void Dispose()
    {
        Colour.Dispose();
        Matte?.Dispose();
    }
}
