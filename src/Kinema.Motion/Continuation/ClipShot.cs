using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.Motion.Shots;

namespace Kinema.Motion.Continuation;

/// <summary>The clip's own frames, decoded on demand, followed by the continuation.</summary>
internal sealed class ClipShot(
    VideoFormat format, JsonObject record, IReadOnlyList<string> notes, Soundtrack? soundtrack, int clipFrames,
    IAsyncEnumerator<ReadOnlyMemory<byte>> clip, IContinuation continuation) : IShot
{
    public VideoFormat Format => format;

    public JsonObject Record => record;

    public IReadOnlyList<string> Notes => notes;

    public Soundtrack? Soundtrack => soundtrack;

    public long CellsFromOutside => continuation.CellsFromOutside;

    public async ValueTask RenderAsync(int frame, Memory<byte> pixels, CancellationToken ct)
    {
        if (frame >= clipFrames)
        {
            continuation.Render(frame - clipFrames + 1, pixels.Span);
            return;
        }

        if (!await clip.MoveNextAsync().ConfigureAwait(false))
            throw new EngineException($"the input video had {clipFrames} frames during the analysis, and now only {frame}");
        clip.Current.CopyTo(pixels);
    }

    public async ValueTask DisposeAsync()
    {
        await clip.DisposeAsync().ConfigureAwait(false);
        continuation.Dispose();
    }
}
