using System.Text.Json.Nodes;

namespace Kinema.Engines;

/// <summary>What an engine tells while it works.</summary>
public abstract record EngineEvent
{
    private EngineEvent()
    {
    }

    /// <summary>The shape of what follows. <paramref name="ModelData"/> goes into the record's <c>model_data</c>: the engine's effective settings.</summary>
    public sealed record Started(VideoFormat Format, JsonObject ModelData) : EngineEvent
    {
        /// <summary>The sound the video gets, or null for a silent one.</summary>
        public Soundtrack? Soundtrack { get; init; }
    }

    /// <summary>One finished frame. <paramref name="Pixels"/> is only valid until the enumerator moves on.</summary>
    public sealed record Frame(int Index, ReadOnlyMemory<byte> Pixels) : EngineEvent;

    /// <summary>Work done before frames come, for engines that work in steps.</summary>
    public sealed record Progress(string Stage, int Done, int Total) : EngineEvent;

    /// <summary>A small encoded picture of the state of the work.</summary>
    public sealed record Preview(string ContentType, ReadOnlyMemory<byte> Bytes) : EngineEvent;

    /// <summary>Stored before the next event is pulled; handed back in <see cref="VideoRequest.Checkpoint"/> to a later attempt.</summary>
    public sealed record Checkpoint(string State) : EngineEvent;

    /// <summary>A line for the run's log.</summary>
    public sealed record Log(EngineLogLevel Level, string Message) : EngineEvent;

    /// <summary>A finished video that lies elsewhere; it is fetched through the outbound guard.</summary>
    public sealed record RemoteVideo(Uri Location, JsonObject ModelData) : EngineEvent;
}

/// <summary>Weight of a line in the run's log.</summary>
public enum EngineLogLevel
{
    /// <summary>For whoever is curious.</summary>
    Info,

    /// <summary>The caller should know.</summary>
    Warning,
}
