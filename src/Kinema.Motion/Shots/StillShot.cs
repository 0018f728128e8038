using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.Motion.Audio;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Shots;

/// <summary>A camera trajectory through the scene of one still picture.</summary>
internal sealed class StillShot(
    SceneRenderer renderer, FramedTrajectory path, AudioSpeedRamp speedRamp, VideoFormat format, JsonObject record, IReadOnlyList<string> notes) : IShot
{
    public VideoFormat Format => format;

    public JsonObject Record => record;

    public IReadOnlyList<string> Notes => notes;

    public Soundtrack? Soundtrack => speedRamp.Soundtrack;

    public long CellsFromOutside => renderer.CellsFromOutside;

    public bool IsStill => path.IsStill;

    public ValueTask RenderAsync(int frame, Memory<byte> pixels, CancellationToken ct)
    {
        renderer.Render(path.At(speedRamp.PositionAt(frame)), pixels.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        renderer.Dispose();
        return ValueTask.CompletedTask;
    }
}
