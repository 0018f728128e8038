using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Square tiles of a picture, for local filters on several threads.</summary>
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

    /// <summary>The tile plus the pixels that a filter reads around it, clipped to the picture.</summary>
    public static Rect Padded(Rect tile, int padding, Size picture) =>
        Rect.Inflate(tile, padding, padding).Intersect(new Rect(0, 0, picture.Width, picture.Height));
}
