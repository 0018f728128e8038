namespace Kinema.Motion.LastFrames;

/// <summary>
/// The camera's way from one picture to another: a steady motion along the logarithm of the fitted map (a similarity turns and grows at an even pace
/// about its fixed point), and a little closer in the middle where otherwise something outside both pictures would be seen.
/// </summary>
/// <remarks>All coordinates are picture heights from the middle. "Middle" plane: what the camera would see half way, without coming closer.</remarks>
internal sealed class CameraBetween
{
    /// <summary>Closer than this, and the way would look like a move of its own.</summary>
    public const double LargestApproach = 0.4;

    /// <summary>Two pictures that lie on each other still get a breath of a move.</summary>
    private const double Breath = 0.035;

    private const int Looks = 24;
    private const int PointsAlong = 16;

    /// <summary>What may be mirrored at an edge instead of coming closer, picture heights: a corner for a moment, softly.</summary>
    private const double Mirrored = 0.045;

    private readonly Homography _step;
    private readonly double _aspect;

    public CameraBetween(in Homography map, double aspect)
        : this(map.Logarithm(), aspect, 0) => Approach = SmallestApproach();

    private CameraBetween(in Homography step, double aspect, double approach)
    {
        (_step, _aspect, Approach) = (step, aspect, approach);
        MiddleToFirst = (_step * -0.5).Exponential();
        MiddleToSecond = (_step * 0.5).Exponential();
        Reach = Corners().Max(corner => Distance(corner, MiddleToSecond.Apply(corner.X, corner.Y)) * 2);
    }

    public Homography MiddleToFirst { get; }

    public Homography MiddleToSecond { get; }

    /// <summary>How far a corner travels, picture heights.</summary>
    public double Reach { get; }

    /// <summary>How much closer the camera comes half way; infinite where nothing helps.</summary>
    public double Approach { get; private init; }

    /// <summary>The same way, but closer half way the nearer its ends lie together.</summary>
    public CameraBetween Breathing() => new(_step, _aspect, Math.Max(Approach, Breath * Math.Max(0, 1 - (Reach / 0.05))));

    /// <summary>From the frame at a time to the middle plane.</summary>
    public Homography ToMiddle(double time) => (_step * (0.5 - time)).Exponential() * Homography.Scaling(1 / (1 + (Approach * Bump(time))));

    private static double Bump(double time) => Math.Sin(Math.PI * time);

    private static double Distance((double X, double Y) from, (double X, double Y) to) => Math.Sqrt(Math.Pow(from.X - to.X, 2) + Math.Pow(from.Y - to.Y, 2));

    private IEnumerable<(double X, double Y)> Corners() => [(-_aspect / 2, -0.5), (_aspect / 2, -0.5), (-_aspect / 2, 0.5), (_aspect / 2, 0.5)];

    private double SmallestApproach()
    {
        var most = 0.0;
        for (var look = 1; look < Looks; look++)
        {
            var time = (double)look / Looks;
            var toMiddle = (_step * (0.5 - time)).Exponential();
            if (IsCovered(toMiddle, 1))
                continue;

            var (enough, tooLittle) = (1 + (2 * LargestApproach), 1.0);
            if (!IsCovered(toMiddle, enough))
                return double.PositiveInfinity;
            for (var i = 0; i < 12; i++)
            {
                var half = (enough + tooLittle) / 2;
                (enough, tooLittle) = IsCovered(toMiddle, half) ? (half, tooLittle) : (enough, half);
            }

            most = Math.Max(most, (enough - 1) / Bump(time));
        }

        return most;
    }

    /// <summary>Whether every point of the frame, seen that much closer, lies in one of the pictures.</summary>
    private bool IsCovered(in Homography toMiddle, double closer)
    {
        for (var row = 0; row <= PointsAlong; row++)
        {
            for (var column = 0; column <= PointsAlong; column++)
            {
                var (x, y) = toMiddle.Apply(((double)column / PointsAlong - 0.5) * _aspect / closer, ((double)row / PointsAlong - 0.5) / closer);
                if (!IsInside(MiddleToFirst.Apply(x, y)) && !IsInside(MiddleToSecond.Apply(x, y)))
                    return false;
            }
        }

        return true;
    }

    private bool IsInside((double X, double Y) point) => Math.Abs(point.X) < (_aspect / 2) + Mirrored && Math.Abs(point.Y) < 0.5 + Mirrored;
}
