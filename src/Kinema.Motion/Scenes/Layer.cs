using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>One surface of the scene with its colours.</summary>
/// <param name="Colour">The scene's working size, 8 bit, three channels in OpenCV's order (blue, green, red), sRGB, not multiplied by the matte. Filled
/// plausibly where something nearer hides the surface, and a little beyond the layer's own outline.</param>
/// <param name="Matte">The same size, 8 bit, one channel: how much of the layer is there. Null for the rearmost layer, which is everywhere.</param>
/// <param name="Depth">Where the surface lies.</param>
internal sealed record Layer(Mat Colour, Mat? Matte, InverseDepth Depth) : IDisposable
{
    public void Dispose()
    {
        Colour.Dispose();
        Matte?.Dispose();
    }
}
