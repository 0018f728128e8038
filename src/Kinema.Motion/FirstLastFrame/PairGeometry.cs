using Kinema.Motion.Rendering;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Size of the frame and the extent of both pictures.</summary>
internal sealed record PairGeometry(int Width, int Height, PictureExtent First, PictureExtent Second)
{
    public double Aspect => (double)Width / Height;

    /// <summary>Side of a mesh cell, frame heights. A picture is visible in a cell only if it covers the whole cell.</summary>
    public double Cell => (double)CoordinateMesh.Spacing / Height;

    public static PairGeometry Of(int width, int height) =>
        new(width, height, PictureExtent.Of((double)width / height), PictureExtent.Of((double)width / height));
}
