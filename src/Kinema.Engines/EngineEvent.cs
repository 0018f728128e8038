using System.Text.Json.Nodes;

namespace Kinema.Engines;

/// <summary>An event that an engine yields while it generates a video.</summary>
public abstract record EngineEvent
{
    private EngineEvent()
    {
    }

    /// <summary>
    /// First event: the format of all frames. <paramref name="ModelData"/> holds the engine's effective settings; the run record stores it as
    /// <c>model_data</c>.
    /// </summary>
    public sealed record Started(VideoFormat Format, JsonObject ModelData) : EngineEvent
    {
        /// <summary>Audio track of the video, or null for a silent video.</summary>
        public Soundtrack? Soundtrack { get; init; }
    }

    /// <summary>One finished frame. <paramref name="Pixels"/> is valid only until the enumerator advances.</summary>
    public sealed record Frame(int Index, ReadOnlyMemory<byte> Pixels) : EngineEvent;

    /// <summary>Progress before the first frame, for engines that work in steps.</summary>
    public sealed record Progress(string Stage, int Done, int Total) : EngineEvent
    {
        /// <summary>The stage of reading weights. It has a time limit of its own, <c>Runs:LoadTimeoutSeconds</c>.</summary>
        public const string Loading = "loading";
    }

    /// <summary>
    /// A small encoded preview image: JPEG, PNG or WebP, at most 256 KiB. The worker keeps the latest, one a second at most. <paramref name="Bytes"/> is valid only
    /// until the enumerator advances.
    /// </summary>
    public sealed record Preview(string ContentType, ReadOnlyMemory<byte> Bytes) : EngineEvent;

    /// <summary>
    /// Resumable state. The worker stores it before it pulls the next event. A later attempt gets it in <see cref="VideoRequest.Checkpoint"/>.
    /// </summary>
    public sealed record Checkpoint(string State) : EngineEvent;

    /// <summary>A message for the run's log.</summary>
    public sealed record Log(EngineLogLevel Level, string Message) : EngineEvent;

    /// <summary>A finished video at a remote address. The worker fetches it through the outbound guard.</summary>
    public sealed record RemoteVideo(Uri Location, JsonObject ModelData) : EngineEvent;
}

/// <summary>Severity of a message in the run's log.</summary>
public enum EngineLogLevel
{
    /// <summary>Information.</summary>
    Info,

    /// <summary>Warning that the caller should see.</summary>
    Warning,
}
