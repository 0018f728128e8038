using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>A segmented object in front of the background, at analysis size.</summary>
/// <param name="Mask">8 bit: 255 on the object.</param>
/// <param name="Confidence">0 (no object) to 1 (the boundary is certain).</param>
/// <param name="IsConfirmed">The background model or a sharp contour shows the same boundary.</param>
internal sealed record ForegroundObject(Mat Mask, double Confidence, bool IsConfirmed) : IDisposable
{
    public void Dispose() => Mask.Dispose();
}
