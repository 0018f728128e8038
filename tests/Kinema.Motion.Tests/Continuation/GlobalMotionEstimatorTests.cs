using Kinema.Motion.Continuation;
using Kinema.Motion.Tests.Support;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Continuation;

public sealed class GlobalMotionEstimatorTests
{
    [Theory]
    [InlineData(6, -2, 1, 0)]
    [InlineData(0, 0, 1.02, 0)]
    [InlineData(-3, 1, 0.99, 1)]
    public void A_known_transform_of_a_photograph_is_recovered(double x, double y, double scale, double degrees)
    {
        using var before = Cv2.ImRead(EngineHarness.Sample("raccoon-1024x768.jpg"), ImreadModes.Grayscale);
        using var after = new Mat();
        using var map = Cv2.GetRotationMatrix2D(new Point2f((before.Width - 1) / 2f, (before.Height - 1) / 2f), -degrees, scale);
        map.Set(0, 2, map.At<double>(0, 2) + x);
        map.Set(1, 2, map.At<double>(1, 2) + y);
        Cv2.WarpAffine(before, after, map, before.Size(), InterpolationFlags.Cubic, BorderTypes.Reflect101);

        var found = GlobalMotionEstimator.Estimate(before, after).ShouldNotBeNull();

        found.X.ShouldBe(x / before.Height, 0.0003);
        found.Y.ShouldBe(y / before.Height, 0.0003);
        found.LogScale.ShouldBe(Math.Log(scale), 0.001);
        found.Rotation.ShouldBe(degrees * Math.PI / 180, 0.001);
    }

    [Fact]
    public void A_blank_frame_has_no_estimate()
    {
        using var blank = new Mat(360, 640, MatType.CV_8UC1, Scalar.All(90));

        GlobalMotionEstimator.Estimate(blank, blank).ShouldBeNull();
    }

    [Fact]
    public void A_cut_has_no_estimate()
    {
        using var before = Cv2.ImRead(EngineHarness.Sample("raccoon-1024x768.jpg"), ImreadModes.Grayscale);
        using var other = Cv2.ImRead(EngineHarness.Sample("coffee-600x400.png"), ImreadModes.Grayscale);
        using var after = other.Resize(before.Size());

        GlobalMotionEstimator.Estimate(before, after).ShouldBeNull();
    }
}
