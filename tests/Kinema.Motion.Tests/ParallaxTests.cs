using Kinema.Engines;
using Kinema.Motion.Prompts;
using Kinema.Motion.Scenes;
using Kinema.Motion.Shots;
using Kinema.Motion.Tests.Support;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.Tests;

/// <summary>Parallax according to the camera grammar, measured from frames of scenes with known planes.</summary>
public sealed class ParallaxTests
{
    private const int Template = 44;
    private const int Search = 110;

    private static readonly VideoFormat _format = new(PlaneScene.Width, PlaneScene.Height, 30, 90);
    private static readonly double[] _planes = [0.1, 0.7, 0.3, 0.9, 0.5];

    /// <summary>The last three numbers: the direction of the greater displacement of the nearest (right, down, outwards).</summary>
    [Theory]
    [InlineData("truck left", 1, 0, 0)]
    [InlineData("truck right", -1, 0, 0)]
    [InlineData("pedestal up", 0, 1, 0)]
    [InlineData("pedestal down", 0, -1, 0)]
    [InlineData("push in", 0, 0, 1)]
    [InlineData("pull out", 0, 0, -1)]
    [InlineData("dolly zoom", 0, 0, 1)]
    [InlineData("dolly zoom out", 0, 0, -1)]
    [InlineData("orbit right", -1, 0, 0)]
    [InlineData("orbit left", 1, 0, 0)]
    [InlineData("follow the subject to the right", -1, 0, 0)]
    [InlineData("crane up", 0, 1, 0)]
    [InlineData("crane down", 0, -1, 0)]
    public void Nearer_planes_move_farther(string prompt, int right, int down, int outwards)
    {
        foreach (var confidence in new[] { 1, 0.2 })
        {
            var moved = Measure(prompt, _planes, confidence)
                .Select(plane => (plane.X * right) + (plane.Y * down) + (plane.Growth * outwards)).ToList();

            RankCorrelation(moved, _planes).ShouldBeGreaterThanOrEqualTo(0.9, $"{prompt}: {string.Join(", ", moved.Select(displacement => displacement.ToString("0.##", null)))}");
            (moved[3] - moved[0]).ShouldBeGreaterThan(2, prompt);
        }
    }

    [Fact]
    public void An_orbit_moves_points_behind_and_before_the_subject_in_opposite_directions()
    {
        var moved = Measure("orbit right", _planes, 1).Select(plane => plane.X).ToList();

        moved[0].ShouldBeGreaterThan(4);
        moved[2].ShouldBeGreaterThan(2);
        Math.Abs(moved[4]).ShouldBeLessThan(2);
        moved[1].ShouldBeLessThan(-2);
        moved[3].ShouldBeLessThan(-4);
    }

    [Theory]
    [InlineData("pan left")]
    [InlineData("tilt up")]
    [InlineData("zoom in")]
    [InlineData("zoom out")]
    [InlineData("roll clockwise")]
    [InlineData("handheld")]
    public void A_rotation_or_a_zoom_causes_no_parallax(string prompt)
    {
        var deep = Last(prompt, _planes, 1);
        var flat = Last(prompt, [0, 0, 0, 0, 0], 1);

        deep.Zip(flat, (one, other) => Math.Abs(one - other)).Average().ShouldBeLessThan(0.2);
    }

    [Fact]
    public void Parallax_is_smaller_when_the_depths_are_uncertain()
    {
        double Separation(double confidence)
        {
            var moved = Measure("truck left", _planes, confidence);
            return moved[3].X - moved[0].X;
        }

        Separation(0.1).ShouldBeInRange(2, 0.7 * Separation(1));
    }

    private static List<(double X, double Y, double Growth)> Measure(string prompt, double[] planes, double confidence)
    {
        using var scene = PlaneScene.Of(planes, confidence);
        var path = PathOf(scene, prompt);
        using var first = Luma(Render(scene, path, 0));
        using var last = Luma(Render(scene, path, _format.FrameCount - 1));
        return [.. PlaneScene.Places.Select(place =>
        {
            var (x, y) = ((place.X - path.Framing.X) / path.Framing.Width * _format.Width, (place.Y - path.Framing.Y) / path.Framing.Height * _format.Height);
            var (moveX, moveY) = Shift(first, last, x, y);
            var (awayX, awayY) = (x - (_format.Width / 2.0), y - (_format.Height / 2.0));
            return (moveX, moveY, 100 * ((moveX * awayX) + (moveY * awayY)) / ((awayX * awayX) + (awayY * awayY)));
        })];
    }

    private static byte[] Last(string prompt, double[] planes, double confidence)
    {
        using var scene = PlaneScene.Of(planes, confidence);
        return Render(scene, PathOf(scene, prompt), 60);
    }

    private static FramedTrajectory PathOf(Scene scene, string prompt) =>
        FramedTrajectory.For(CameraPromptParser.Parse(prompt, null), scene, _format.FrameCount, _format.FramesPerSecond, TestContext.Current.CancellationToken);

    private static byte[] Render(Scene scene, FramedTrajectory path, int frame)
    {
        using var renderer = SceneRenderer.Prepare(scene, _format, path.LargestVisibleFraction, TestContext.Current.CancellationToken);
        var pixels = new byte[_format.FrameBytes];
        renderer.Render(path.At(frame), pixels);
        renderer.CellsFromOutside.ShouldBe(0);
        return pixels;
    }

    private static Mat Luma(byte[] frame) => Mat.FromPixelData(_format.Height, _format.Width, MatType.CV_8UC1, frame[..(_format.Width * _format.Height)]).Clone();

    /// <summary>The displacement of the patch around a point, with subpixel accuracy.</summary>
    private static (double X, double Y) Shift(Mat first, Mat last, double x, double y)
    {
        var patch = new Rect((int)x - (Template / 2), (int)y - (Template / 2), Template, Template);
        var window = new Rect(patch.X - Search, patch.Y - Search, Template + (2 * Search), Template + (2 * Search)) & new Rect(0, 0, last.Width, last.Height);
        using var template = first.SubMat(patch);
        using var around = last.SubMat(window);
        using var similarity = new Mat();
        Cv2.MatchTemplate(around, template, similarity, TemplateMatchModes.CCoeffNormed);
        Cv2.MinMaxLoc(similarity, out _, out double best, out _, out var at);
        best.ShouldBeGreaterThan(0.4);
        return (at.X + Peak(dx => similarity.At<float>(at.Y, Math.Clamp(at.X + dx, 0, similarity.Cols - 1))) + window.X - patch.X,
            at.Y + Peak(dy => similarity.At<float>(Math.Clamp(at.Y + dy, 0, similarity.Rows - 1), at.X)) + window.Y - patch.Y);
    }

    private static double Peak(Func<int, double> at)
    {
        var curvature = at(-1) - (2 * at(0)) + at(1);
        return curvature < 0 ? Math.Clamp((at(-1) - at(1)) / (2 * curvature), -0.5, 0.5) : 0;
    }

    /// <summary>Spearman's rank correlation.</summary>
    private static double RankCorrelation(List<double> one, double[] other)
    {
        static double Rank(IReadOnlyList<double> of, int i) => of.Count(value => value < of[i]);
        var n = other.Length;
        var squares = Enumerable.Range(0, n).Sum(i => Math.Pow(Rank(one, i) - Rank(other, i), 2));
        return 1 - (6 * squares / (n * ((n * n) - 1.0)));
    }
}
