namespace Kinema.Motion.FirstLastFrame;

/// <summary>
/// The camera's way from one picture to another: a steady motion along the logarithm of the fitted map (a similarity turns and grows at an even pace
/// about its fixed point), and closer where otherwise something far outside both pictures would be seen.
/// </summary>
/// <remarks>All coordinates are picture heights from the middle. "Middle" plane: what the camera would see half way, without coming closer.</remarks>
internal sealed class CameraInterpolation
{
    /// <summary>Closer than this, and the way would look like a move of its own.</summary>
    public const double LargestApproach = 0.4;

    /// <summary>What may be filled in around a picture instead of coming closer, picture heights: a corner, for a moment.</summary>
    public const double LargestFill = 0.045;

    /// <summary>Two pictures that lie on each other still get a breath of a move.</summary>
    private const double Breath = 0.035;

    private const int Looks = 48;

    private readonly Homography _step;
    private readonly AddedZoomCurve? _approach;

    public CameraInterpolation(in Homography map, PairGeometry frame)
        : this(map.Logarithm(), frame, AddedZoomCurve.None) => (_approach, Fill) = SmallestApproach();

    private CameraInterpolation(in Homography step, PairGeometry frame, AddedZoomCurve? approach)
    {
        (_step, Frame, _approach) = (step, frame, approach);
        MiddleToFirst = (_step * -0.5).Exponential();
        MiddleToSecond = (_step * 0.5).Exponential();
        Reach = Corners(frame.Aspect).Max(corner => Distance(corner, MiddleToSecond.Apply(corner.X, corner.Y)) * 2);
    }

    public PairGeometry Frame { get; }

    public Homography MiddleToFirst { get; }

    public Homography MiddleToSecond { get; }

    /// <summary>How far a corner travels, picture heights.</summary>
    public double Reach { get; }

    /// <summary>What has to be filled in around both pictures, picture heights; 0 where one of them always shows what is seen.</summary>
    public double Fill { get; private init; }

    /// <summary>How much closer the camera comes on its way; infinite where nothing helps.</summary>
    public double AddedZoom => _approach?.Most ?? double.PositiveInfinity;

    /// <summary>The same way, but closer half way the nearer its ends lie together.</summary>
    public CameraInterpolation Breathing() => new(_step, Frame, _approach?.OrBreath(Breath * Math.Max(0, 1 - (Reach / 0.05)))) { Fill = Fill };

    /// <summary>The same way where that much more is filled in.</summary>
    public CameraInterpolation Filled(double more) => new(_step, Frame, _approach) { Fill = Fill + more };

    /// <summary>From the frame at a time to the middle plane.</summary>
    public Homography ToMiddle(double time) => (_step * (0.5 - time)).Exponential() * Homography.Scaling(1 / (1 + (_approach?.At(time) ?? 0)));

    private static double Distance((double X, double Y) from, (double X, double Y) to) => Math.Sqrt(Math.Pow(from.X - to.X, 2) + Math.Pow(from.Y - to.Y, 2));

    private static IEnumerable<(double X, double Y)> Corners(double aspect) => [(-aspect / 2, -0.5), (aspect / 2, -0.5), (-aspect / 2, 0.5), (aspect / 2, 0.5)];

    private (AddedZoomCurve? AddedZoomCurve, double Fill) SmallestApproach()
    {
        PairCoverage bare = new(Frame, MiddleToFirst, MiddleToSecond, 0), coverage = new(Frame, MiddleToFirst, MiddleToSecond, LargestFill);
        var needed = new double[Looks + 1];
        var fill = 0.0;
        for (var look = 1; look < Looks; look++)
        {
            var toMiddle = (_step * (0.5 - ((double)look / Looks))).Exponential();
            if (bare.Of(toMiddle, 1))
                continue;
            fill = LargestFill;
            if (coverage.Of(toMiddle, 1))
                continue;

            var (enough, tooLittle) = (1 + LargestApproach, 1.0);
            if (!coverage.Of(toMiddle, enough))
                return (null, 0);
            for (var i = 0; i < 12; i++)
            {
                var half = (enough + tooLittle) / 2;
                (enough, tooLittle) = coverage.Of(toMiddle, half) ? (half, tooLittle) : (enough, half);
            }

            needed[look] = enough - 1;
        }

        return (AddedZoomCurve.Over(needed), fill);
    }
}
