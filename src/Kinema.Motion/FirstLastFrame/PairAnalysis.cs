using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Analysis of two pictures: which transition connects them.</summary>
/// <param name="Kind"><c>camera</c>, <c>flow</c> or <c>dissolve</c>.</param>
/// <param name="Reason">Reason for a dissolve; null for the other kinds.</param>
/// <param name="Fit">Estimated camera motion.</param>
/// <param name="Camera">Interpolated camera; null for a dissolve.</param>
/// <param name="Flow">Residual flow and agreement; null if it was not computed.</param>
internal sealed record PairAnalysis(string Kind, string? Reason, CameraFit Fit, CameraInterpolation? Camera, ResidualFlow? Flow)
{
    /// <summary>Longer side of the pictures for analysis, pixels.</summary>
    public const int AnalysisLongSide = 640;

    /// <summary>Mean difference, grey codes, up to which two pictures count as identical.</summary>
    private const double SameCodes = 1.5;

    private const double MinOverlap = 0.2;
    private const double MinAgreement = 0.4;

    /// <summary>Minimum agreement when the flow has no camera motion to start from.</summary>
    private const double MinFlowAgreement = 0.55;

    /// <summary>Share of moving pixels below which the blend alone handles object motion.</summary>
    private const double MinMovingShare = 0.004;

    /// <summary>Padding needed around both pictures, frame heights.</summary>
    public double Fill => Camera?.Fill ?? 0;

    /// <summary>Returns the analysis size for an aspect ratio.</summary>
    public static Size SizeFor(int width, int height)
    {
        var scale = (double)AnalysisLongSide / Math.Max(width, height);
        return new(Math.Max(32, (int)Math.Round(width * scale)), Math.Max(32, (int)Math.Round(height * scale)));
    }

    /// <param name="first">First picture, blue, green, red, 8 bit, of the size from <see cref="SizeFor"/>.</param>
    /// <param name="second">Second picture, the same.</param>
    /// <param name="frame">Geometry of the frame.</param>
    public static PairAnalysis Of(Mat first, Mat second, PairGeometry frame, CancellationToken ct)
    {
        var fit = EstimateCamera(first, second);
        ct.ThrowIfCancellationRequested();
        var camera = new CameraInterpolation(fit.Map, frame);
        if (camera.AddedZoom > CameraInterpolation.MaxAddedZoom)
            return Dissolve("the two views lie too far apart: on the way between them something outside both pictures would be seen");
        if (fit.Kind == "same")
            return new("camera", null, fit, camera.WithMinimumPulse(), null);

        var flow = ResidualFlow.Estimate(first, second, camera, fit.Outliers, ct);
        if (flow.Overlap < MinOverlap)
            return Dissolve("the two views share too little of the scene", flow);
        var least = fit.Found ? MinAgreement : MinFlowAgreement;
        if (flow.Agreement < least && flow.CameraAgreement < least)
            return Dissolve(fit.FailureReason ?? "what the two pictures show does not agree, whatever the camera does", flow);

        return flow.MovingShare > MinMovingShare || !fit.Found
            ? new("flow", null, fit, camera, flow) : new("camera", null, fit, camera.WithMinimumPulse(), flow);

        PairAnalysis Dissolve(string reason, ResidualFlow? looked = null) => new("dissolve", reason, fit, null, looked);
    }

    /// <param name="first">First picture, as given to <see cref="Of"/>.</param>
    /// <param name="withMovingObjects">Whether the transition includes moving objects, because no separate layers render them.</param>
    /// <param name="carried">Additional displacement of the frame, heights; adds as much padding around both pictures.</param>
    public ITransition Transition(Mat first, Mat second, Func<double, double> easing, bool withMovingObjects = false, double carried = 0) => Camera is null
        ? new CrossDissolveTransition(first, second)
        : new MorphTransition(Camera.WithExtraFill(carried), Kind != "flow" ? null : withMovingObjects ? Flow : Flow?.Background ?? Flow, easing);

    private static CameraFit EstimateCamera(Mat first, Mat second)
    {
        using Mat greyFirst = new(), greySecond = new(), difference = new();
        Cv2.CvtColor(first, greyFirst, ColorConversionCodes.BGR2GRAY);
        Cv2.CvtColor(second, greySecond, ColorConversionCodes.BGR2GRAY);
        Cv2.Absdiff(first, second, difference);
        Cv2.GaussianBlur(difference, difference, new Size(5, 5), 0);
        using var codes = difference.Reshape(1);
        Cv2.MinMaxLoc(codes, out _, out double worst);
        return Cv2.Mean(difference) is var mean && Math.Max(mean.Val0, Math.Max(mean.Val1, mean.Val2)) < SameCodes && worst < 24
            ? new("same", Homography.Identity, 0, 0)
            : CameraMotionEstimator.Estimate(greyFirst, greySecond);
    }
}
