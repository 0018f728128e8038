using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>What stands before the rest of the picture, cut out at the size of the small picture.</summary>
/// <param name="Mask">8 bit: 255 where the figure is.</param>
/// <param name="Clarity">0 (nothing stands out) to 1 (its outline is certain).</param>
/// <param name="IsWitnessed">A plain backcloth or a sharp contour shows the same outline.</param>
internal sealed record Figure(Mat Mask, double Clarity, bool IsWitnessed) : IDisposable
{
    public void Dispose() => Mask.Dispose();
}
