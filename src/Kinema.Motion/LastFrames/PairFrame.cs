using Kinema.Motion.Rendering;

namespace Kinema.Motion.LastFrames;

/// <summary>The frame that leads from one picture to another, and how far either picture reaches.</summary>
internal sealed record PairFrame(int Width, int Height, Extent First, Extent Second)
{
    public double Aspect => (double)Width / Height;

    /// <summary>Side of a cell of the mesh, frame heights: within one cell either all of a picture is there or it is not shown.</summary>
    public double Cell => (double)CoordinateMesh.Spacing / Height;

    public static PairFrame Of(int width, int height) => new(width, height, Extent.Of((double)width / height), Extent.Of((double)width / height));
}
