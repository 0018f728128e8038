namespace Kinema.Motion.FirstLastFrame;

/// <summary>
/// Interpolates the camera from one picture to another along the matrix logarithm of the fitted homography: a similarity rotates and scales uniformly about
/// its fixed point. Adds zoom where the camera would otherwise show something far outside both pictures.
/// </summary>
/// <remarks>All coordinates are picture heights from the middle. Middle plane: the view at half time, without added zoom.</remarks>
internal sealed class CameraInterpolation
{
    /// <summary>Largest added zoom; more would look like a move of its own.</summary>
    public const double MaxAddedZoom = 0.4;

    /// <summary>Largest padding around a picture in place of added zoom, picture heights: a corner, for a moment.</summary>
    public const double MaxFill = 0.045;

    /// <summary>Zoom pulse between two identical views, so that the video does not stand still.</summary>
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

    /// <summary>Largest displacement of a corner, picture heights.</summary>
    public double MaxCornerTravel { get; }

    /// <summary>Padding needed around both pictures, picture heights; 0 where one of them always covers the view.</summary>
    public double Fill { get; private init; }

    /// <summary>Largest added zoom; infinite where none is enough.</summary>
    public double AddedZoom => _addedZoom?.Max ?? double.PositiveInfinity;

    /// <summary>Adds a zoom pulse: the smaller the displacement, the larger the pulse.</summary>
    public CameraInterpolation WithMinimumPulse() =>
        new(_logMap, Frame, _addedZoom?.AtLeastPulse(MinPulse * Math.Max(0, 1 - (MaxCornerTravel / 0.05)))) { Fill = Fill };

    /// <summary>Adds padding, picture heights.</summary>
    public CameraInterpolation WithExtraFill(double more) => new(_logMap, Frame, _addedZoom) { Fill = Fill + more };

    /// <summary>Maps the frame at a time to the middle plane.</summary>
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
