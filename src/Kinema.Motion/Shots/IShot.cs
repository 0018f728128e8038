using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Motion.Shots;

/// <summary>A fully planned video, ready to render its frames.</summary>
internal interface IShot : IAsyncDisposable
{
    VideoFormat Format { get; }

    /// <summary>Fields of <c>model_data</c> after the engine's name and version.</summary>
    JsonObject Record { get; }

    /// <summary>Messages for the run's log, one sentence each.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Soundtrack of the video, or null for a silent one.</summary>
    Soundtrack? Soundtrack => null;

    /// <summary>Whether all frames are identical.</summary>
    bool IsStill => false;

    /// <summary>Number of rendered mesh cells so far that sampled beyond the pictures and their padding. A correct plan leaves it at zero.</summary>
    long CellsFromOutside { get; }

    /// <summary>
    /// Renders one frame in the layout of <see cref="VideoFormat"/>. The caller requests frames in order, each once, one at a time, from any thread.
    /// </summary>
    ValueTask RenderAsync(int frame, Memory<byte> pixels, CancellationToken ct);
}
