using Kinema.Motion.Cameras;
using Kinema.Motion.Prompts;
using Kinema.Motion.Tests.Support;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Tests.Trajectories;

public sealed class FramedTrajectoryTests
{
    [Theory]
    [InlineData("push in")]
    [InlineData("zoom in")]
    [InlineData("static")]
    public void Moves_that_can_start_from_the_whole_picture_do(string prompt) => Of(prompt).Framing.ShouldBe(CropWindow.Whole);

    [Fact]
    public void A_longer_video_goes_farther_but_slower()
    {
        var (five, fifteen) = (Of("pan left", 5).Trajectory.Segments[0][0].Amplitude, Of("pan left", 15).Trajectory.Segments[0][0].Amplitude);

        fifteen.ShouldBeGreaterThan(five);
        (fifteen / 15).ShouldBeLessThan(five / 5 * 0.7);
    }

    [Theory]
    [InlineData("push in")]
    [InlineData("pan left, then tilt up")]
    [InlineData("push in, then orbit right while rolling clockwise, then pull out")]
    [InlineData("handheld truck left, then right, then back to the left")]
    [InlineData("drone flying back, then crane down")]
    public void The_speed_never_jumps_and_is_zero_only_at_both_ends(string prompt)
    {
        var path = Of(prompt, 5);
        foreach (var depth in new[] { 0, 0.5, 1 })
        {
            foreach (var (x, y) in new[] { (0.2, 0.3), (0.5, 0.5), (0.8, 0.9) })
            {
                var positions = Enumerable.Range(0, path.FrameCount).Select(frame => path.At(frame).Project(x, y, depth)).ToList();
                var steps = positions.Zip(positions.Skip(1), (from, to) => (X: to.X - from.X, Y: to.Y - from.Y)).ToList();
                // Less than a fifth of a pixel per frame looks like rest, so smaller jumps do not count.
                var peak = Math.Max(2e-4, steps.Max(Length));
                Length(steps[0]).ShouldBeLessThan(0.1 * peak);
                Length(steps[^1]).ShouldBeLessThan(0.1 * peak);
                steps.Zip(steps.Skip(1), (one, next) => Length((next.X - one.X, next.Y - one.Y))).Max().ShouldBeLessThan(0.2 * peak, $"{prompt} at {depth}");
            }
        }

        // Segments overlap: one still runs when the next begins.
        var moving = Enumerable.Range(10, path.FrameCount - 20).Select(frame => Difference(path.PoseAt(frame), path.PoseAt(frame + 1))).ToList();
        moving.Min().ShouldBeGreaterThan(0.002 * moving.Max());

        static double Length((double X, double Y) step) => Math.Sqrt((step.X * step.X) + (step.Y * step.Y));
        static double Difference(CameraPose one, CameraPose next) =>
            Math.Abs(next.X - one.X) + Math.Abs(next.Y - one.Y) + Math.Abs(next.Z - one.Z) + Math.Abs(next.Yaw - one.Yaw)
            + Math.Abs(next.Pitch - one.Pitch) + Math.Abs(next.Roll - one.Roll) + Math.Abs(next.Zoom - one.Zoom);
    }

    [Theory]
    [InlineData("crane up", 1)]
    [InlineData("crane down", -1)]
    public void A_crane_moves_its_subject_on_screen_whatever_the_depths(string prompt, int down)
    {
        double[] deep = [0.05, 0.2, 0.1, 0.28, 0.15];
        double[] shallow = [0.45, 0.52, 0.48, 0.55, 0.5];
        double[] flat = [0.5, 0.5, 0.5, 0.5, 0.5];
        foreach (var (planes, confidence) in new[] { (deep, 0.2), (shallow, 0.2), (shallow, 0.9), (flat, 0.05) })
        {
            using var scene = PlaneScene.Of(planes, confidence);
            var path = FramedTrajectory.For(CameraPromptParser.Parse(prompt, null), scene, 90, 30, TestContext.Current.CancellationToken);

            var (from, to) = (path.At(0).Project(0.5, 0.5, path.Depth.Subject).Y, path.At(path.FrameCount - 1).Project(0.5, 0.5, path.Depth.Subject).Y);
            ((to - from) * down).ShouldBeInRange(0.04, 0.12, $"{string.Join(", ", planes)} at {confidence}");
        }
    }

    [Theory]
    [InlineData("dolly zoom", 0.85, 0.97)]
    [InlineData("dolly zoom out", 1.03, 1.2)]
    public void A_dolly_zoom_keeps_the_size_of_the_subject(string prompt, double least, double most)
    {
        var path = Of(prompt, 5);
        double Size(int frame, double depth) => path.At(frame).Project(0.6, 0.5, depth).X - path.At(frame).Project(0.4, 0.5, depth).X;

        for (var frame = 0; frame < path.FrameCount; frame += 10)
            (Size(frame, 0.5) / Size(0, 0.5)).ShouldBe(1, 1e-3);
        (Size(path.FrameCount - 1, 0.1) / Size(0, 0.1)).ShouldBeInRange(least, most);
    }

    [Theory]
    [InlineData("orbit left")]
    [InlineData("orbit right")]
    [InlineData("follow the subject to the left")]
    public void The_subject_stays_in_its_place(string prompt)
    {
        var path = Of(prompt, 5);
        var (x, y) = path.At(0).Project(0.5, 0.5, 0.5);

        for (var frame = 0; frame < path.FrameCount; frame += 10)
        {
            var (nowX, nowY) = path.At(frame).Project(0.5, 0.5, 0.5);
            nowX.ShouldBe(x, 2e-3);
            nowY.ShouldBe(y, 2e-3);
        }
    }

    [Fact]
    public void An_orbit_leaves_level_lines_level_at_every_distance()
    {
        var path = Of("orbit right", 5);
        var last = path.At(path.FrameCount - 1);
        foreach (var y in new[] { 0.1, 0.6, 0.9 })
        {
            foreach (var depth in new[] { 0.1, 0.5, 0.9 })
                last.Project(0.1, y, depth).Y.ShouldBe(last.Project(0.9, y, 0.5).Y, 1e-9);
        }
    }

    [Fact]
    public void Several_pushes_stay_within_the_growth_limit()
    {
        var path = Of("quickly push in, then zoom in, then quickly push in", 15);

        (path.VisibleWindow(0).Width / path.VisibleWindow(path.FrameCount - 1).Width).ShouldBeInRange(1.2, 1.45);
    }

    [Fact]
    public void The_easing_speed_is_continuous_and_zero_at_both_ends()
    {
        (Easing.At(0), Easing.At(1)).ShouldBe((0, 1));
        var speeds = Enumerable.Range(0, 1000).Select(i => (Easing.At((i + 1) / 1000.0) - Easing.At(i / 1000.0)) * 1000).ToList();
        speeds.ShouldAllBe(step => step >= 0);
        speeds[0].ShouldBeLessThan(0.001);
        speeds[^1].ShouldBeLessThan(0.001);
        speeds.Zip(speeds.Skip(1), (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(0.01);
    }

    private static FramedTrajectory Of(string prompt, int seconds = 2)
    {
        using var scene = PlaneScene.Of([0.1, 0.7, 0.3, 0.9, 0.5]);
        return FramedTrajectory.For(CameraPromptParser.Parse(prompt, null), scene, seconds * 30, 30, TestContext.Current.CancellationToken);
    }
}
