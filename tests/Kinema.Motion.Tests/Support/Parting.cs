using OpenCvSharp;

namespace Kinema.Motion.Tests.Support;

/// <summary>What moved how on screen, told apart by how near it is: measured from points that were followed, whose nearness the scene tells.</summary>
/// <param name="X">To the right, pixels, of what is at the middle of the frame and of middle nearness; the same for the rest.</param>
/// <param name="Y">Downwards.</param>
/// <param name="Growth">Relative growth about the middle of the frame.</param>
/// <param name="Turn">Clockwise, radians.</param>
/// <param name="NearX">How much farther to the right the nearest went than the farthest, pixels.</param>
/// <param name="NearY">The same downwards.</param>
/// <param name="NearGrowth">The same for the growth.</param>
/// <param name="Error">What the figures above leave unexplained, pixels, root mean square.</param>
internal sealed record Parting(double X, double Y, double Growth, double Turn, double NearX, double NearY, double NearGrowth, double Error)
{
    private const int Unknowns = 9;

    private double Middle { get; init; }

    private double Spread { get; init; }

    /// <summary>Where an inverse depth lies between the middle and the nearest: what it parts is to be taken so many times.</summary>
    public double PlaceOf(double inverseDepth) => (inverseDepth - Middle) / Spread;

    /// <param name="growing">
    /// Whether near and far may grow unlike. Before a slope that looks the same as a turn of the camera: both squeeze one side of the picture.
    /// </param>
    /// <param name="points">From and to, pixels from the middle of the frame, and the inverse depth.</param>
    public static Parting Of(IReadOnlyList<(Point2d From, Point2d To, double Near)> points, bool growing)
    {
        var near = points.Select(point => point.Near).Order().ToList();
        var (far, middle, close) = (near[near.Count / 20], near[near.Count / 2], near[near.Count * 19 / 20]);
        var spread = Math.Max(close - far, 1e-9);
        var weights = points.Select(_ => 1.0).ToArray();
        var found = new double[Unknowns];
        for (var round = 0; round < 6; round++)
        {
            found = Solve(points, weights, middle, spread, growing);
            for (var i = 0; i < weights.Length; i++)
                weights[i] = 1 / Math.Pow(1 + Math.Pow(Left(points[i], found, middle, spread, growing) / 0.7, 2), 2);
        }

        var error = Math.Sqrt(points.Zip(weights, (point, weight) => weight * Math.Pow(Left(point, found, middle, spread, growing), 2)).Sum() / weights.Sum());
        return new(found[0], found[1], found[2], found[3], found[4], found[5], growing ? found[6] : 0, error) { Middle = middle, Spread = spread };
    }

    private static double[] Solve(IReadOnlyList<(Point2d From, Point2d To, double Near)> points, double[] weights, double middle, double spread, bool growing)
    {
        using Mat left = new(points.Count * 2, Unknowns, MatType.CV_64FC1), right = new(points.Count * 2, 1, MatType.CV_64FC1), found = new();
        for (var i = 0; i < points.Count; i++)
        {
            var (across, down) = Rows(points[i], middle, spread, growing);
            for (var column = 0; column < Unknowns; column++)
            {
                left.Set(2 * i, column, weights[i] * across[column]);
                left.Set((2 * i) + 1, column, weights[i] * down[column]);
            }

            right.Set(2 * i, 0, weights[i] * (points[i].To.X - points[i].From.X));
            right.Set((2 * i) + 1, 0, weights[i] * (points[i].To.Y - points[i].From.Y));
        }

        Cv2.Solve(left, right, found, DecompTypes.SVD);
        return [.. Enumerable.Range(0, Unknowns).Select(i => found.At<double>(i, 0))];
    }

    private static double Left((Point2d From, Point2d To, double Near) point, double[] found, double middle, double spread, bool growing)
    {
        var (across, down) = Rows(point, middle, spread, growing);
        var (x, y) = (across.Zip(found, (a, b) => a * b).Sum(), down.Zip(found, (a, b) => a * b).Sum());
        return Math.Sqrt(Math.Pow(point.To.X - point.From.X - x, 2) + Math.Pow(point.To.Y - point.From.Y - y, 2));
    }

    private static (double[] Across, double[] Down) Rows((Point2d From, Point2d To, double Near) point, double middle, double spread, bool growing)
    {
        const double Half = 300;
        var (x, y, near) = (point.From.X, point.From.Y, (point.Near - middle) / spread);
        return growing
            ? ([1, 0, x, -y, near, 0, near * x, 0, 0], [0, 1, y, x, 0, near, near * y, 0, 0])
            : ([1, 0, x, -y, near, 0, 0, x * x / Half, x * y / Half], [0, 1, y, x, 0, near, 0, x * y / Half, y * y / Half]);
    }
}
