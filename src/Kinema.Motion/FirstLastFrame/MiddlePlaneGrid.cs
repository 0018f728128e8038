using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Pixel grid over a part of the middle plane. Its sides are multiples of <see cref="PointSpacing"/>.</summary>
/// <param name="Left">Outer edge of the first pixel, picture heights.</param>
/// <param name="Top">The same.</param>
/// <param name="Scale">Pixels per picture height.</param>
internal sealed record MiddlePlaneGrid(double Left, double Top, double Scale, int Width, int Height)
{
    /// <summary>Pixels between two tracked points.</summary>
    public const int PointSpacing = 6;

    private const double MaxSizeFactor = 1.6;

    public int Columns => Width / PointSpacing;

    public int Rows => Height / PointSpacing;

    /// <summary>Returns the smallest grid that covers both pictures, up to a size limit.</summary>
    public static MiddlePlaneGrid Over(CameraInterpolation camera, double aspect, double scale)
    {
        var (firstBack, secondBack) = (camera.MiddleToFirst.Inverse(), camera.MiddleToSecond.Inverse());
        List<(double X, double Y)> corners = [];
        foreach (var (x, y) in new[] { (-aspect / 2, -0.5), (aspect / 2, -0.5), (-aspect / 2, 0.5), (aspect / 2, 0.5) })
        {
            corners.Add(firstBack.Apply(x, y));
            corners.Add(secondBack.Apply(x, y));
        }

        var (acrossMost, downMost) = (aspect * MaxSizeFactor / 2, MaxSizeFactor / 2);
        var left = Math.Max(corners.Min(corner => corner.X), -acrossMost);
        var top = Math.Max(corners.Min(corner => corner.Y), -downMost);
        var right = Math.Min(corners.Max(corner => corner.X), acrossMost);
        var bottom = Math.Min(corners.Max(corner => corner.Y), downMost);
        return new(left, top, scale, Multiple((right - left) * scale), Multiple((bottom - top) * scale));

        static int Multiple(double side) => Math.Max(4, (int)Math.Ceiling(side / PointSpacing)) * PointSpacing;
    }

    public (double X, double Y) ToPixels(double x, double y) => ((x - Left) * Scale, (y - Top) * Scale);

    /// <summary>Warps a picture to the middle plane, with replicated borders.</summary>
    /// <param name="toPicture">Map from the middle plane to the picture, both in picture heights from the middle.</param>
    public Mat WarpPicture(Mat picture, in Homography toPicture) => Warp(picture, toPicture, InterpolationFlags.Linear, BorderTypes.Replicate);

    /// <summary>Returns a mask: 255 inside the picture, 0 beyond its edges.</summary>
    public Mat CoverageMask(Size picture, in Homography toPicture)
    {
        using var all = new Mat(picture, MatType.CV_8UC1, Scalar.White);
        return Warp(all, toPicture, InterpolationFlags.Nearest, BorderTypes.Constant);
    }

    /// <summary>Warps a mask of this grid to a picture.</summary>
    /// <param name="toPicture">Map from the middle plane to pixels of the picture.</param>
    public Mat WarpMaskBack(byte[] mask, Size picture, in Homography toPicture)
    {
        using var places = Mat.FromPixelData(Height, Width, MatType.CV_8UC1, mask);
        using var matrix = Matrix(toPicture * FromPixels);
        var returned = new Mat();
        Cv2.WarpPerspective(places, returned, matrix, picture, InterpolationFlags.Linear, BorderTypes.Constant);
        return returned;
    }

    private Homography FromPixels => new(1 / Scale, 0, Left + (0.5 / Scale), 0, 1 / Scale, Top + (0.5 / Scale), 0, 0, 1);

    private static Mat Matrix(in Homography map) =>
        Mat.FromPixelData(3, 3, MatType.CV_64FC1, new[] { map.A, map.B, map.C, map.D, map.E, map.F, map.G, map.H, map.I });

    /// <summary>Maps pixels of the grid to pixels of a picture.</summary>
    private Homography ToPicture(Size picture, in Homography toPicture)
    {
        var toPixels = new Homography(picture.Height, 0, (picture.Width / 2.0) - 0.5, 0, picture.Height, (picture.Height / 2.0) - 0.5, 0, 0, 1);
        return toPixels * toPicture * FromPixels;
    }

    private Mat Warp(Mat picture, in Homography toPicture, InterpolationFlags sampling, BorderTypes beyond)
    {
        using var matrix = Matrix(ToPicture(picture.Size(), toPicture));
        var warped = new Mat();
        Cv2.WarpPerspective(picture, warped, matrix, new Size(Width, Height), sampling | InterpolationFlags.WarpInverseMap, beyond);
        return warped;
    }
}
