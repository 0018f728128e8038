using Kinema.Engines;
using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests;

/// <summary>What the content does on screen, measured from the frames.</summary>
public sealed class MoveTests : IDisposable
{
    /// <summary>Growth is told in pixels at this distance from the middle.</summary>
    private const double PixelsAway = 500;

    /// <summary>What the measurement may see along an axis that rests while another moves by some two pixels a frame: fur and grass mislead it a little.</summary>
    private const double Stray = 0.12;

    private readonly Studio _studio = new();

    public void Dispose() => _studio.Dispose();

    [Theory]
    [InlineData("pan left", 1, 0, 0)]
    [InlineData("pan right", -1, 0, 0)]
    [InlineData("tilt up", 0, 1, 0)]
    [InlineData("tilt down", 0, -1, 0)]
    [InlineData("truck left", 1, 0, 0)]
    [InlineData("右移", -1, 0, 0)]
    [InlineData("pedestal up", 0, 1, 0)]
    [InlineData("下降", 0, -1, 0)]
    [InlineData("push in", 0, 0, 1)]
    [InlineData("pull out", 0, 0, -1)]
    [InlineData("zoom in", 0, 0, 1)]
    [InlineData("缩小", 0, 0, -1)]
    [InlineData("a raccoon", 0, 0, 1)]
    public async Task Content_moves_the_way_the_grammar_says_and_smoothly(string prompt, int x, int y, int growth)
    {
        var flows = await Flow.OfAsync(_studio, Studio.Request(Studio.Sample("raccoon-1024x768.jpg"), prompt));

        flows.Count.ShouldBe(59);
        Along(flows, flow => flow.X, x);
        Along(flows, flow => flow.Growth * PixelsAway, growth);
        // A push drifts down a little: its fixed point lies above the middle.
        if (growth == 0)
            Along(flows, flow => flow.Y, y);
    }

    [Theory]
    [InlineData("static")]
    [InlineData("固定镜头")]
    public async Task A_static_camera_shows_the_same_frame_throughout(string prompt)
    {
        byte[]? first = null;
        await _studio.WatchAsync(Studio.Request(Studio.Sample("raccoon-1024x768.jpg"), prompt), (frame, _) =>
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
        foreach (var sample in Studio.Samples)
        {
            var flows = await Flow.OfAsync(_studio, Studio.Request(Studio.Sample(sample), prompt, 15, VideoResolution.Hd1080));

            Along(flows, flow => flow.X, x);
            Along(flows, flow => flow.Growth * PixelsAway, 1 - x);
        }
    }

    /// <summary>
    /// Direction: every step goes the same way, from rest through a steady pace to rest. Smoothness: from one step to the next the pace
    /// changes by no more than a small part of itself, and no step goes back.
    /// </summary>
    private static void Along(List<Flow> flows, Func<Flow, double> axis, int sign)
    {
        var steps = flows.Select(axis).ToList();
        if (sign == 0)
        {
            steps.ShouldAllBe(step => Math.Abs(step) < Stray);
            return;
        }

        var forward = steps.Select(step => step * sign).ToList();
        var peak = forward.Max();
        peak.ShouldBeGreaterThan(0.2);
        forward.ShouldAllBe(step => step > -0.01);
        (forward[0] / peak).ShouldBeLessThan(0.1);
        (forward[^1] / peak).ShouldBeLessThan(0.1);
        for (var i = 1; i < forward.Count; i++)
            Math.Abs(forward[i] - forward[i - 1]).ShouldBeLessThan((0.02 + (6.0 / forward.Count)) * peak, $"step {i} of {forward.Count}");
        // The middle of the way is driven at an even pace.
        var middle = forward.Skip(forward.Count * 35 / 100).Take(forward.Count * 3 / 10).ToList();
        (middle.Max() / middle.Min()).ShouldBeLessThan(1.1);
    }
}
