using Kinema.Motion.Cameras;
using Kinema.Motion.Prompts;
using Kinema.Motion.Scenes;
using Kinema.Motion.Tests.Support;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Tests.Trajectories;

/// <summary>Independent of the solver: no frame samples beyond the picture where a layer is clipped by its border.</summary>
public sealed class FramingSolverTests(SceneFixture sights) : IClassFixture<SceneFixture>
{
    private static readonly string[] _combinations =
    [
        "truck left while tilting up", "orbit left, then quickly roll clockwise", "push in, then pan left, then tilt down, then pull out", "handheld drone flying back",
        "crane up and pan right", "dolly zoom, then handheld truck right",
    ];

    public static TheoryData<string> Samples => [.. EngineHarness.Samples];

    [Theory]
    [MemberData(nameof(Samples))]
    public void No_frame_of_any_move_reaches_beyond_the_picture(string sample) => Check(sample, 2);

    [Theory]
    [Trait("Set", "long")]
    [MemberData(nameof(Samples))]
    public void No_frame_of_any_move_of_fifteen_seconds_reaches_beyond_the_picture(string sample) => Check(sample, 15);

    private void Check(string sample, int seconds)
    {
        var scene = sights[sample].Scene;
        var plans = Moves.All.Select(move => new CameraPlan([new([new(move, Speed.Fast)])], CameraRequested: true, []))
            .Concat(_combinations.Select(prompt => CameraPromptParser.Parse(prompt, null)));
        foreach (var plan in plans)
        {
            var path = FramedTrajectory.For(plan, scene, seconds * 30, 30, TestContext.Current.CancellationToken);
            var label = $"{sample}: {string.Join(", ", plan.Segments.SelectMany(segment => segment.Moves))}";
            path.Framing.Width.ShouldBeGreaterThanOrEqualTo(0.85, label);
            path.Scale.ShouldBeGreaterThan(0.2, label);
            for (var frame = 0; frame < path.FrameCount; frame++)
                CheckFrame(scene, path.At(frame), label);
        }
    }

    private static void CheckFrame(Scene scene, CameraView view, string label)
    {
        for (var i = 0; i < 64; i++)
        {
            var along = i % 16 / 16.0;
            var (frameX, frameY) = (i / 16) switch { 0 => (along, 0.0), 1 => (1.0, along), 2 => (1 - along, 1.0), _ => (0.0, 1 - along) };
            foreach (var layer in scene.Layers)
            {
                var (x, y) = view.Locate(frameX, frameY, layer.Depth);
                if (Math.Min(Math.Min(x, y), Math.Min(1 - x, 1 - y)) < -1e-4)
                    Matte(layer, x, y).ShouldBeLessThan(40, $"{label}: ({frameX}, {frameY}) looks at ({x}, {y})");
            }
        }
    }

    private static int Matte(Layer layer, double x, double y) => layer.Matte is { } matte
        ? matte.At<byte>(Math.Clamp((int)(y * matte.Height), 0, matte.Height - 1), Math.Clamp((int)(x * matte.Width), 0, matte.Width - 1))
        : 255;
}
