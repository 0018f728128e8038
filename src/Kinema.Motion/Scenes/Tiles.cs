using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>A picture cut into squares: for work that is needed near a line only, and on several threads.</summary>
internal static class Tiles
{
    private const int Side = 256;

    public static IEnumerable<Rect> Of(Size picture)
    {
        for (var y = 0; y < picture.Height; y += Side)
        {
            for (var x = 0; x < picture.Width; x += Side)
                yield return new Rect(x, y, Math.Min(Side, picture.Width - x), Math.Min(Side, picture.Height - y));
        }
    }

    /// <summary>The tile with what a filter sees around it; at the edges of the picture no more than there is.</summary>
    public static Rect Grown(Rect tile, int reach, Size picture) =>
        Rect.Inflate(tile, reach, reach).Intersect(new Rect(0, 0, picture.Width, picture.Height));
}
