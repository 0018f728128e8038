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

    /// <summary>Cells of the frames made so far that showed something from beyond the pictures and what was filled in around them; a plan that fits leaves it at zero.</summary>
    long CellsFromOutside { get; }

    /// <summary>
    /// Fills one frame as <see cref="VideoFormat"/> describes it. Frames are asked for in order, each once, one at a time, from any thread.
    /// </summary>
    ValueTask RenderAsync(int frame, Memory<byte> pixels, CancellationToken ct);
}
