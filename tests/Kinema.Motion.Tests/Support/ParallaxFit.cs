using OpenCvSharp;

namespace Kinema.Motion.Tests.Support;

/// <summary>A robust fit of on-screen motion with parallax, from tracked points and their inverse depth in the scene.</summary>
/// <param name="X">To the right, pixels, at the middle of the frame and at median depth; the same for the others.</param>
/// <param name="Y">Downwards.</param>
/// <param name="Growth">Relative growth about the middle of the frame.</param>
/// <param name="Turn">Clockwise, radians.</param>
/// <param name="NearX">Displacement of the nearest points to the right relative to the farthest, pixels.</param>
/// <param name="NearY">The same downwards.</param>
/// <param name="NearGrowth">The same for the growth.</param>
/// <param name="Error">Residual, pixels, root mean square.</param>
internal sealed record ParallaxFit(double X, double Y, double Growth, double Turn, double NearX, double NearY, double NearGrowth, double Error)
{
    private const int Unknowns = 9;

    private double Middle { get; init; }

    private double Spread { get; init; }

    /// <summary>The position of an inverse depth on the scale from the median (0) over the depth range: the factor of its parallax.</summary>
    public double PlaceOf(double inverseDepth) => (inverseDepth - Middle) / Spread;

    /// <param name="growing">Whether near and far may grow differently. On a sloped surface this is indistinguishable from a camera rotation: both compress one
    /// side of the picture.</param>
    /// <param name="points">Start and end, pixels from the middle of the frame, and the inverse depth.</param>
    public static ParallaxFit Of(IReadOnlyList<(Point2d From, Point2d To, double Near)> points, bool growing)
    {
        var near = points.Select(point => point.Near).Order().ToList();
        var (far, middle, close) = (near[near.Count / 20], near[near.Count / 2], near[near.Count * 19 / 20]);
        var spread = Math.Max(close - far, 1e-9);
        var weights = points.Select(_ => 1.0).ToArray();
        var solution = new double[Unknowns];
        for (var round = 0; round < 6; round++)
        {
            solution = Solve(points, weights, middle, spread, growing);
            for (var i = 0; i < weights.Length; i++)
                weights[i] = 1 / Math.Pow(1 + Math.Pow(Residual(points[i], solution, middle, spread, growing) / 0.7, 2), 2);
        }

        var error = Math.Sqrt(points.Zip(weights, (point, weight) => weight * Math.Pow(Residual(point, solution, middle, spread, growing), 2)).Sum()
            / weights.Sum());
        return new(solution[0], solution[1], solution[2], solution[3], solution[4], solution[5],
            growing ? solution[6] : 0, error)
        { Middle = middle, Spread = spread };
    }

    private static double[] Solve(IReadOnlyList<(Point2d From, Point2d To, double Near)> points, double[] weights, double middle, double spread, bool growing)
    {
        using Mat left = new(points.Count * 2, Unknowns, MatType.CV_64FC1), right = new(points.Count * 2, 1, MatType.CV_64FC1), solution = new();
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

        Cv2.Solve(left, right, solution, DecompTypes.SVD);
        return [.. Enumerable.Range(0, Unknowns).Select(i => solution.At<double>(i, 0))];
    }

    private static double Residual((Point2d From, Point2d To, double Near) point, double[] solution, double middle, double spread, bool growing)
    {
        var (across, down) = Rows(point, middle, spread, growing);
        var (x, y) = (across.Zip(solution, (a, b) => a * b).Sum(), down.Zip(solution, (a, b) => a * b).Sum());
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
