using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.Motion.Paths;
using Kinema.Motion.Resampling;
using Kinema.Motion.Words;

namespace Kinema.Motion.Shots;

internal sealed class StillShot(FrameRenderer renderer, CameraPlan plan, CropPath path, VideoFormat format) : IShot
{
    public VideoFormat Format => format;

    public JsonObject Record { get; } = MotionRecord.Of(plan, path);

    public IReadOnlyList<string> Notes => plan.Notes;

    public bool IsStill => path.IsStill;

    public ValueTask RenderAsync(int frame, Memory<byte> pixels, CancellationToken ct)
    {
        renderer.Render(path.At(frame), pixels.Span);
        return ValueTask.CompletedTask;
    }

    public void Dispose() => renderer.Dispose();
}
