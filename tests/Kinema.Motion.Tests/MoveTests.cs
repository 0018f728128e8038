using Kinema.Engines;
using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests;

/// <summary>On-screen motion of the content, measured from the frames.</summary>
public sealed class MoveTests(SceneFixture scenes) : IClassFixture<SceneFixture>
{
    /// <summary>Distance from the middle, pixels, at which growth and rotation convert to pixels.</summary>
    private const double PixelsAway = 300;

    /// <summary>Allowed motion along a resting axis, as a fraction of the moving one: parallax, and optical flow errors in fur and grass.</summary>
    private const double MaxStrayShare = 0.45;

    /// <summary>Minimum motion over the whole video, pixels.</summary>
    private const double Visible = 2.5;

    private const string Raccoon = "raccoon-1024x768.jpg";

    [Theory]
    [InlineData("pan left", 1, 0, 0, 0)]
    [InlineData("pan right", -1, 0, 0, 0)]
    [InlineData("tilt up", 0, 1, 0, 0)]
    [InlineData("tilt down", 0, -1, 0, 0)]
    [InlineData("truck left", 1, 0, 0, 0)]
    [InlineData("右移", -1, 0, 0, 0)]
    [InlineData("pedestal up", 0, 1, 0, 0)]
    [InlineData("下降", 0, -1, 0, 0)]
    [InlineData("push in", 0, 0, 1, 0)]
    [InlineData("pull out", 0, 0, -1, 0)]
    [InlineData("zoom in", 0, 0, 1, 0)]
    [InlineData("缩小", 0, 0, -1, 0)]
    [InlineData("drone flying forward", 0, 0, 1, 0)]
    [InlineData("pulling back to reveal the garden", 0, 0, -1, 0)]
    [InlineData("roll clockwise", 0, 0, 0, -1)]
    [InlineData("镜头逆时针旋转", 0, 0, 0, 1)]
    [InlineData("a raccoon", 0, 0, 1, 0)]
    public void Content_moves_in_the_specified_direction_and_smoothly(string prompt, int x, int y, int growth, int turn) =>
        Check(Raccoon, prompt, x, y, growth, turn);

    [Theory]
    [Trait("Set", "long")]
    [InlineData("pan left", 1, 0, 0, 0)]
    [InlineData("tilt down", 0, -1, 0, 0)]
    [InlineData("truck right", -1, 0, 0, 0)]
    [InlineData("push in", 0, 0, 1, 0)]
    [InlineData("zoom out", 0, 0, -1, 0)]
    [InlineData("roll clockwise", 0, 0, 0, -1)]
    public void Content_moves_in_the_specified_direction_on_every_sample(string prompt, int x, int y, int growth, int turn)
    {
        foreach (var sample in EngineHarness.Samples)
            Check(sample, prompt, x, y, growth, turn);
        // Thin lines give noisy flow between two frames; over the whole video the direction is right.
        Check("line art", prompt, x, y, growth, turn, smooth: false);
    }

    [Theory]
    [InlineData("static")]
    [InlineData("固定镜头")]
    public async Task A_static_camera_shows_the_same_frame_throughout(string prompt)
    {
        using var harness = new EngineHarness();
        byte[]? first = null;
        await harness.RenderAsync(EngineHarness.Request(EngineHarness.Sample(Raccoon), prompt), (frame, _) =>
        {
            first ??= frame.Pixels.ToArray();
            frame.Pixels.Span.SequenceEqual(first).ShouldBeTrue();
        });
    }

    [Theory]
    [Trait("Set", "long")]
    [InlineData("pan left", 1)]
    [InlineData("push in", 0)]
    public async Task Fifteen_seconds_at_1080p_are_smooth_on_every_sample(string prompt, int x)
    {
        using var harness = new EngineHarness();
        foreach (var sample in EngineHarness.Samples)
        {
            var flows = await Flow.OfAsync(harness, EngineHarness.Request(EngineHarness.Sample(sample), prompt, 15, VideoResolution.Hd1080));
            ShouldBeSmooth([.. flows.Select(flow => x * flow.X + ((1 - x) * flow.Growth * PixelsAway))], sample);
        }
    }

    private void Check(string sample, string prompt, int x, int y, int growth, int turn, bool smooth = true)
    {
        var meter = new Flow.FlowMeter();
        scenes.Render(sample, prompt, (frame, format) => meter.Add(frame, format));
        double[] expected = [x, y, growth, turn];
        var flows = meter.Flows.Select(flow => new[] { flow.X, flow.Y, flow.Growth * PixelsAway, flow.Turn * PixelsAway }).ToList();

        var moving = Array.FindIndex(expected, sign => sign != 0);
        if (smooth)
            ShouldBeSmooth([.. flows.Select(flow => flow[moving] * expected[moving])], $"{sample}: {prompt}");
        flows.Sum(flow => flow[moving] * expected[moving]).ShouldBeGreaterThan(Visible, $"{sample}: {prompt}");
        var total = flows.Sum(flow => Math.Abs(flow[moving]));
        for (var axis = 0; axis < 4; axis++)
        {
            if (axis != moving)
                Math.Abs(flows.Sum(flow => flow[axis])).ShouldBeLessThan(MaxStrayShare * total, $"{sample}: {prompt}, axis {axis}");
        }
    }

    /// <summary>
    /// Direction: every step goes in the same direction, from rest through a steady speed to rest. Smoothness: from one step to the next the speed
    /// changes by no more than a small part of itself, and no step goes back.
    /// </summary>
    private static void ShouldBeSmooth(List<double> forward, string label)
    {
        var peak = forward.Max();
        peak.ShouldBeGreaterThan(0.1, label);
        forward.ShouldAllBe(step => step > -0.02 * peak);
        (forward[0] / peak).ShouldBeLessThan(0.1, label);
        (forward[^1] / peak).ShouldBeLessThan(0.1, label);
        for (var i = 1; i < forward.Count; i++)
            Math.Abs(forward[i] - forward[i - 1]).ShouldBeLessThan((0.03 + (6.0 / forward.Count)) * peak, $"{label}: step {i} of {forward.Count}");
        // The middle of the move has constant speed.
        var middle = forward.Skip(forward.Count * 35 / 100).Take(forward.Count * 3 / 10).ToList();
        (middle.Max() / middle.Min()).ShouldBeLessThan(1.2, label);
    }
}
