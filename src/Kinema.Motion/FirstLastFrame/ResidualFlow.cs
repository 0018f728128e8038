using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Residual optical flow after camera motion compensation, in both directions, with its quality measures.</summary>
internal sealed class ResidualFlow
{
    /// <summary>Grid pixels between two splatted points.</summary>
    private const int SplatSpacing = 4;

    private const float SimilarThreshold = 0.5f;

    /// <summary>Pixels below which a displacement does not count as object motion.</summary>
    private const float MinPixels = 0.75f;

    /// <summary>Weight of untrusted points in an object, which moves as one: small next to the trusted ones.</summary>
    private const float MovingObjectUntrustedWeight = 0.001f;

    private ResidualFlow(MiddlePlaneGrid grid, FlowSplatter first, FlowSplatter second) => (Grid, First, Second) = (grid, first, second);

    public MiddlePlaneGrid Grid { get; }

    public FlowSplatter First { get; }

    public FlowSplatter Second { get; }

    /// <summary>Flow of the moving objects; null if they are not separable in both pictures.</summary>
    public ResidualFlow? MovingObjects { get; private init; }

    /// <summary>Flow without these objects.</summary>
    public ResidualFlow? Background { get; private init; }

    /// <summary>Masks of the objects on the grid in the first and second picture, 255 inside.</summary>
    public (byte[] First, byte[] Second)? MovingObjectMasks { get; private init; }

    /// <summary>Share of the middle plane's frame that both pictures cover.</summary>
    public double Overlap { get; private init; }

    /// <summary>Share of the textured overlap where both pictures agree after warping by the flow.</summary>
    public double Agreement { get; private init; }

    /// <summary>The same after camera motion alone.</summary>
    public double CameraAgreement { get; private init; }

    /// <summary>Share of the overlap that the flow explains and the camera motion does not.</summary>
    public double MovingShare { get; private init; }

    /// <summary>Largest trusted displacement, picture heights (99th percentile).</summary>
    public double MaxDisplacement { get; private init; }

    public static ResidualFlow Estimate(Mat first, Mat second, CameraInterpolation camera, IReadOnlyList<PointMatch> others, CancellationToken ct)
    {
        var aspect = (double)first.Width / first.Height;
        var grid = MiddlePlaneGrid.Over(camera, aspect, first.Height);
        using Mat a = grid.WarpPicture(first, camera.MiddleToFirst), b = grid.WarpPicture(second, camera.MiddleToSecond);
        using Mat extentA = grid.CoverageMask(first.Size(), camera.MiddleToFirst), extentB = grid.CoverageMask(second.Size(), camera.MiddleToSecond);
        using Mat both = new(), greyA = new(), greyB = new();
        Cv2.BitwiseAnd(extentA, extentB, both);
        Cv2.CvtColor(a, greyA, ColorConversionCodes.BGR2GRAY);
        Cv2.CvtColor(b, greyB, ColorConversionCodes.BGR2GRAY);
        MatchExposure(greyA, greyB, both);
        ct.ThrowIfCancellationRequested();

        var seeds = others.Select(pair => Seed(grid, camera, pair)).ToArray();
        var forth = FeatureTracks.Track(greyA, greyB, extentA, extentB, grid, seeds);
        ct.ThrowIfCancellationRequested();
        var backSeeds = seeds.Select(seed => (seed.At + seed.Flow, default(Point2f) - seed.Flow)).ToArray();
        var back = FeatureTracks.Track(greyB, greyA, extentB, extentA, grid, backSeeds);
        ct.ThrowIfCancellationRequested();
        using var flowAB = DenseFlow.Of(forth, back, greyA, a);
        using var flowBA = DenseFlow.Of(back, forth, greyB, b);
        ct.ThrowIfCancellationRequested();

        using var trustA = Trust(flowAB, flowBA, greyA, greyB, extentA, extentB, out var similarityA);
        using var trustB = Trust(flowBA, flowAB, greyB, greyA, extentB, extentA, out var similarityB);
        using (similarityA)
        using (similarityB)
        using (var unmoved = LocalSimilarity.Of(greyA, greyB))
        {
            var (moving, farthest) = MeasureMovement(flowAB, trustA, unmoved.Map, both);
            using var objectsA = MovingObjectSegmenter.Segment(flowAB, trustA, unmoved.Map);
            using var objectsB = MovingObjectSegmenter.Segment(flowBA, trustB, unmoved.Map);
            var separated = objectsA is not null && objectsB is not null;
            return new(grid, FlowSplatter.Of(flowAB, trustA, extentA, SplatSpacing), FlowSplatter.Of(flowBA, trustB, extentB, SplatSpacing))
            {
                MovingObjects = separated ? Together(Part(objectsA!, objectsB!, MovingObjectUntrustedWeight)) : null,
                Background = separated ? Part(Without(extentA, objectsA!), Without(extentB, objectsB!)) : null,
                MovingObjectMasks = separated ? (Bytes(objectsA!), Bytes(objectsB!)) : null,
                Overlap = Math.Min(1, Cv2.CountNonZero(both) / (aspect * grid.Scale * grid.Scale)),
                Agreement = (SimilarShare(trustA, similarityA.Textured, both) + SimilarShare(trustB, similarityB.Textured, both)) / 2,
                CameraAgreement = SimilarShare(unmoved.Map, unmoved.Textured, both),
                MovingShare = moving,
                MaxDisplacement = farthest / grid.Scale,
            };
        }

        ResidualFlow Part(Mat placesA, Mat placesB, float untrustedWeight = FlowSplatter.UntrustedWeight) => new(
            grid,
            FlowSplatter.Of(flowAB, trustA, placesA, SplatSpacing, untrustedWeight),
            FlowSplatter.Of(flowBA, trustB, placesB, SplatSpacing, untrustedWeight));
    }

    private static ResidualFlow Together(ResidualFlow objects) => new(objects.Grid, objects.First.PropagateTrusted(), objects.Second.PropagateTrusted());

    /// <summary>Writes to <paramref name="extent"/>.</summary>
    private static Mat Without(Mat extent, Mat objects)
    {
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(17, 17));
        using var around = new Mat();
        // Dilated because the flow next to an object easily follows it.
        Cv2.Dilate(objects, around, disc);
        extent.SetTo(Scalar.Black, around);
        return extent;
    }

    private static byte[] Bytes(Mat mask)
    {
        mask.GetArray(out byte[] bytes);
        return bytes;
    }

    private static (Point2f At, Point2f Flow) Seed(MiddlePlaneGrid grid, CameraInterpolation camera, PointMatch pair)
    {
        var (fromX, fromY) = camera.MiddleToFirst.Inverse().Apply(pair.FromX, pair.FromY);
        var (toX, toY) = camera.MiddleToSecond.Inverse().Apply(pair.ToX, pair.ToY);
        var (x, y) = grid.ToPixels(fromX, fromY);
        return (new((float)x, (float)y), new((float)((toX - fromX) * grid.Scale), (float)((toY - fromY) * grid.Scale)));
    }

    /// <summary>Matches the brightness and contrast of the second picture to the first in their overlap.</summary>
    private static void MatchExposure(Mat first, Mat second, Mat both)
    {
        if (Cv2.CountNonZero(both) == 0)
            return;

        Cv2.MeanStdDev(first, out var meanA, out var deviationA, both);
        Cv2.MeanStdDev(second, out var meanB, out var deviationB, both);
        var gain = Math.Clamp((deviationA.Val0 + 1) / (deviationB.Val0 + 1), 0.5, 2);
        second.ConvertTo(second, -1, gain, meanA.Val0 - (gain * meanB.Val0));
    }

    private static Mat Trust(DenseFlow forth, DenseFlow back, Mat from, Mat to, Mat fromExtent, Mat toExtent, out LocalSimilarity likeness)
    {
        using var warped = forth.Warp(to);
        using var warpedExtent = forth.Warp(toExtent);
        likeness = LocalSimilarity.Of(from, warped);
        var trust = forth.Consistency(back);
        Cv2.Multiply(trust, likeness.Map, trust);
        Cv2.BitwiseAnd(warpedExtent, fromExtent, warpedExtent);
        Cv2.Threshold(warpedExtent, warpedExtent, 254, 255, ThresholdTypes.BinaryInv);
        trust.SetTo(Scalar.Black, warpedExtent);
        return trust;
    }

    private static double SimilarShare(Mat alike, Mat textured, Mat both)
    {
        using Mat here = new(), good = new();
        Cv2.BitwiseAnd(textured, both, here);
        var all = Cv2.CountNonZero(here);
        if (all == 0)
            return 0;

        Cv2.Compare(alike, new Scalar(SimilarThreshold), good, CmpTypes.GT);
        Cv2.BitwiseAnd(good, here, good);
        return (double)Cv2.CountNonZero(good) / all;
    }

    private static (double Share, double MaxDisplacement) MeasureMovement(DenseFlow flow, Mat trust, Mat unmoved, Mat both)
    {
        using var length = new Mat();
        Cv2.Magnitude(flow.X, flow.Y, length);
        length.GetArray(out float[] lengths);
        trust.GetArray(out float[] trusted);
        unmoved.GetArray(out float[] alike);
        both.GetArray(out byte[] valid);
        var moved = lengths
            .Where((each, i) => valid[i] != 0 && each > MinPixels && trusted[i] > SimilarThreshold && alike[i] < SimilarThreshold).Order().ToArray();
        return moved.Length == 0 ? (0, 0) : ((double)moved.Length / Cv2.CountNonZero(both), moved[(int)(0.99 * (moved.Length - 1))]);
    }
}
