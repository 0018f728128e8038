using Kinema.Motion.Scenes;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Scenes;

public sealed class SeamBlendingTests
{
    private const int Ring = 9;

    /// <summary>Of 255; without blending the step is half as much again.</summary>
    private const double MostStep = 3;

    [Fact]
    public void An_inpainted_region_continues_the_light_around_it()
    {
        using var wall = Wall();
        using var hole = Hole(wall.Size());
        using var emptied = wall.Clone();
        emptied.SetTo(new Scalar(30, 40, 200), hole);

        using var filled = BackgroundInpainting.Inpaint(emptied, hole, TestContext.Current.CancellationToken);

        Step(filled, wall, hole).ShouldBeLessThan(MostStep);
    }

    [Theory]
    [InlineData(-14, 3)]
    [InlineData(14, 3)]
    public void A_step_in_brightness_is_removed(double step, double most)
    {
        using var wall = Wall();
        using var hole = Hole(wall.Size());
        using var copied = wall.Clone();
        Cv2.Add(wall, Scalar.All(step), copied, hole);

        SeamBlending.Blend(copied, hole);

        Step(copied, wall, hole).ShouldBeLessThan(most);
    }

    [Fact]
    public void A_different_object_keeps_its_colour()
    {
        using var wall = Wall();
        using var hole = Hole(wall.Size());
        using var other = wall.Clone();
        Cv2.Add(wall, Scalar.All(90), other, hole);
        using var before = other.Clone();

        SeamBlending.Blend(other, hole);

        Cv2.PSNR(before, other).ShouldBeGreaterThan(40);
    }

    /// <summary>Plaster in uneven light: no two points have the same brightness.</summary>
    private static Mat Wall()
    {
        using var grain = new Mat(420, 640, MatType.CV_32FC1);
        Cv2.SetTheRNG(7);
        Cv2.Randn(grain, Scalar.All(0), Scalar.All(40));
        Cv2.GaussianBlur(grain, grain, default, 1.5);
        var wall = new Mat(grain.Size(), MatType.CV_8UC3);
        var (width, height) = (wall.Width, wall.Height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var light = 140 + (35 * Math.Sin(x / 90.0)) + (25 * Math.Cos(y / 60.0)) + grain.At<float>(y, x);
                wall.Set(y, x, new Vec3b((byte)(0.9 * light), (byte)(0.95 * light), (byte)light));
            }
        }

        return wall;
    }

    private static Mat Hole(Size size)
    {
        var hole = new Mat(size, MatType.CV_8UC1, Scalar.All(0));
        Cv2.Ellipse(hole, new Point(310, 220), new Size(120, 150), 0, 0, 360, Scalar.All(255), -1);
        return hole;
    }

    /// <summary>The low-frequency error just inside the hole, of 255.</summary>
    private static double Step(Mat filled, Mat expected, Mat hole)
    {
        using var wrong = new Mat();
        Cv2.Subtract(filled, expected, wrong, null, (int)MatType.CV_32FC3);
        Cv2.GaussianBlur(wrong, wrong, default, 4);
        using Mat disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(Ring, Ring)), inner = new(), ring = new();
        Cv2.Erode(hole, inner, disc);
        Cv2.Subtract(hole, inner, ring);
        Cv2.Absdiff(wrong, Scalar.All(0), wrong);
        var mean = Cv2.Mean(wrong, ring);
        return (mean.Val0 + mean.Val1 + mean.Val2) / 3;
    }
}
