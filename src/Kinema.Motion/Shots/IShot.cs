using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Motion.Shots;

/// <summary>A video of which everything is decided: what is left is to make its frames.</summary>
internal interface IShot : IAsyncDisposable
{
    VideoFormat Format { get; }

    /// <summary>Goes into <c>model_data</c>, after the engine's own name and version.</summary>
    JsonObject Record { get; }

    /// <summary>What the caller should know: one sentence each, for the run's log.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>The sound the video gets, or null for a silent one.</summary>
    Soundtrack? Soundtrack => null;

    /// <summary>Every frame is the first one.</summary>
    bool IsStill => false;

    /// <summary>
    /// Fills one frame as <see cref="VideoFormat"/> describes it. Frames are asked for in order, each once, one at a time, from any thread.
    /// </summary>
    ValueTask RenderAsync(int frame, Memory<byte> pixels, CancellationToken ct);
}
