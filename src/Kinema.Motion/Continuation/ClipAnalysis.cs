using Kinema.Engines;
using Kinema.Motion.Shots;

namespace Kinema.Motion.Continuation;

/// <summary>Results of one pass over a clip: its last frames, velocity and grain, and the format of the resulting video.</summary>
internal sealed record ClipAnalysis(MediaInput Clip, VideoFormat Format, ClipTail Tail, ClipVelocity Velocity, FilmGrain Grain)
{
    /// <summary>Number of frames after the clip.</summary>
    public int NewFrames => Format.FrameCount - Tail.FrameCount;

    /// <summary>The clip's own sound, for the duration of the clip.</summary>
    public Soundtrack? Sound => Clip.HasAudio ? new(Clip, (double)Tail.FrameCount / Format.FramesPerSecond) : null;

    public static async Task<ClipAnalysis> ReadAsync(IVideoReader reader, VideoRequest request, CancellationToken ct)
    {
        var clip = request.InputVideo ?? throw new EngineException("motion was given no input video");
        var format = ShotFormat.For(
            request,
            clip.Width ?? throw new EngineException("the width of the input video is unknown"),
            clip.Height ?? throw new EngineException("the height of the input video is unknown"));
        // What follows is for the render threads too.
        var tail = await ClipTail.ReadAsync(reader, clip, format, format.FrameCount, ct).ConfigureAwait(true);
        if (tail.FrameCount == 0 || tail.FrameCount >= format.FrameCount)
            throw new EngineException($"the input video has {tail.FrameCount} frames; a video of {request.DurationSeconds} seconds has {format.FrameCount}, and nothing would be left to make");

        ct.ThrowIfCancellationRequested();
        return new(clip, format, tail, ClipVelocity.Of(tail), FilmGrain.Of(tail.Frame(0), format));
    }

    /// <summary>Opens the clip again from its beginning.</summary>
    public IAsyncEnumerator<ReadOnlyMemory<byte>> Reopen(IVideoReader reader, CancellationToken ct) =>
        reader.ReadAsync(Clip, Format.Width, Format.Height, Format.FramesPerSecond, ct).GetAsyncEnumerator(ct);
}
