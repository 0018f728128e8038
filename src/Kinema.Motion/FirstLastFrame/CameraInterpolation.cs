namespace Kinema.Motion.FirstLastFrame;

/// <summary>
/// The camera's way from one picture to another: a steady motion along the logarithm of the fitted map (a similarity turns and grows at an even pace
/// about its fixed point), and closer where otherwise something far outside both pictures would be seen.
/// </summary>
/// <remarks>All coordinates are picture heights from the middle. "Middle" plane: what the camera would see half way, without coming closer.</remarks>
internal sealed class CameraInterpolation
{
    /// <summary>Closer than this, and the way would look like a move of its own.</summary>
    public const double MaxAddedZoom = 0.4;

    /// <summary>What may be filled in around a picture instead of coming closer, picture heights: a corner, for a moment.</summary>
    public const double MaxFill = 0.045;

    /// <summary>Two pictures that lie on each other still get a breath of a move.</summary>
    private const double MinPulse = 0.035;

    private const int Samples = 48;

    private readonly Homography _logMap;
    private readonly AddedZoomCurve? _addedZoom;

    public CameraInterpolation(in Homography map, PairGeometry frame)
        : this(map.Logarithm(), frame, AddedZoomCurve.None) => (_addedZoom, Fill) = SolveAddedZoom();

    private CameraInterpolation(in Homography logMap, PairGeometry frame, AddedZoomCurve? addedZoom)
    {
        (_logMap, Frame, _addedZoom) = (logMap, frame, addedZoom);
        MiddleToFirst = (_logMap * -0.5).Exponential();
        MiddleToSecond = (_logMap * 0.5).Exponential();
        MaxCornerTravel = Corners(frame.Aspect).Max(corner => Distance(corner, MiddleToSecond.Apply(corner.X, corner.Y)) * 2);
    }

    public PairGeometry Frame { get; }

    public Homography MiddleToFirst { get; }

    public Homography MiddleToSecond { get; }

    /// <summary>How far a corner travels, picture heights.</summary>
    public double MaxCornerTravel { get; }

    /// <summary>What has to be filled in around both pictures, picture heights; 0 where one of them always shows what is seen.</summary>
    public double Fill { get; private init; }

    /// <summary>How much closer the camera comes on its way; infinite where nothing helps.</summary>
    public double AddedZoom => _addedZoom?.Max ?? double.PositiveInfinity;

    /// <summary>The same way, but closer half way the nearer its ends lie together.</summary>
    public CameraInterpolation WithMinimumPulse() => new(_logMap, Frame, _addedZoom?.AtLeastPulse(MinPulse * Math.Max(0, 1 - (MaxCornerTravel / 0.05)))) { Fill = Fill };

    /// <summary>The same way where that much more is filled in.</summary>
    public CameraInterpolation WithExtraFill(double more) => new(_logMap, Frame, _addedZoom) { Fill = Fill + more };

    /// <summary>From the frame at a time to the middle plane.</summary>
    public Homography ToMiddle(double time) => (_logMap * (0.5 - time)).Exponential() * Homography.Scaling(1 / (1 + (_addedZoom?.At(time) ?? 0)));

    private static double Distance((double X, double Y) from, (double X, double Y) to) => Math.Sqrt(Math.Pow(from.X - to.X, 2) + Math.Pow(from.Y - to.Y, 2));

    private static IEnumerable<(double X, double Y)> Corners(double aspect) => [(-aspect / 2, -0.5), (aspect / 2, -0.5), (-aspect / 2, 0.5), (aspect / 2, 0.5)];

    private (AddedZoomCurve? AddedZoomCurve, double Fill) SolveAddedZoom()
    {
        PairCoverage bare = new(Frame, MiddleToFirst, MiddleToSecond, 0), coverage = new(Frame, MiddleToFirst, MiddleToSecond, MaxFill);
        var required = new double[Samples + 1];
        var fill = 0.0;
        for (var sample = 1; sample < Samples; sample++)
        {
            var toMiddle = (_logMap * (0.5 - ((double)sample / Samples))).Exponential();
            if (bare.Covers(toMiddle, 1))
                continue;
            fill = MaxFill;
            if (coverage.Covers(toMiddle, 1))
                continue;

            var (enough, tooLittle) = (1 + MaxAddedZoom, 1.0);
            if (!coverage.Covers(toMiddle, enough))
                return (null, 0);
            for (var i = 0; i < 12; i++)
            {
                var half = (enough + tooLittle) / 2;
                (enough, tooLittle) = coverage.Covers(toMiddle, half) ? (half, tooLittle) : (enough, half);
            }

            required[sample] = enough - 1;
        }

        return (AddedZoomCurve.Envelope(required), fill);
    }
}
