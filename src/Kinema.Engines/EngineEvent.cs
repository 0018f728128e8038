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

    /// <summary>
    /// The last event, in place of <see cref="Started"/> and frames: a finished video at a public address. The worker fetches it through the outbound guard, with its
    /// query as given, and takes size, rate, length and sound from the file. A video that is not H.264 with AAC in MP4 is converted.
    /// </summary>
    public sealed record RemoteVideo(Uri Location, JsonObject ModelData) : EngineEvent;

    /// <summary>
    /// As <see cref="RemoteVideo"/>, but the engine itself reads it, for example from an operator's server that wants a key. The worker copies the stream to a file,
    /// within limits of size and time, and disposes of it.
    /// </summary>
    public sealed record VideoContent(Func<CancellationToken, Task<Stream>> OpenAsync, JsonObject ModelData) : EngineEvent;
}

/// <summary>Severity of a message in the run's log.</summary>
public enum EngineLogLevel
{
    /// <summary>Information.</summary>
    Info,

    /// <summary>Warning that the caller should see.</summary>
    Warning,
}
