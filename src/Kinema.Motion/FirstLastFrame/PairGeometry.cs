using Kinema.Motion.Rendering;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>The frame that leads from one picture to another, and how far either picture reaches.</summary>
internal sealed record PairGeometry(int Width, int Height, PictureExtent First, PictureExtent Second)
{
    public double Aspect => (double)Width / Height;

    /// <summary>Side of a cell of the mesh, frame heights: within one cell either all of a picture is there or it is not shown.</summary>
    public double Cell => (double)CoordinateMesh.Spacing / Height;

    public static PairGeometry Of(int width, int height) => new(width, height, PictureExtent.Of((double)width / height), PictureExtent.Of((double)width / height));
}
