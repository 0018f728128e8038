using System.Text.Json.Nodes;

namespace Kinema.Core.Runs;

/// <summary>A finished run's output as stored: artifact keys, never URLs.</summary>
public sealed record RunOutput
{
    public required IReadOnlyList<OutputArtifact> Artifacts { get; init; }
    public long? Seed { get; init; }

    /// <summary>Engine, version and effective settings; becomes <c>model_data</c>.</summary>
    public required JsonObject ModelData { get; init; }

    /// <summary>What the safety checker says of the video; null if it was not asked.</summary>
    public bool? NsfwDetected { get; init; }
    public required RunTiming Timing { get; init; }
}

/// <summary>One stored file. <see cref="Role"/> is <c>video</c> (listed in <c>outputs</c>) <c>poster</c> or <c>last_frame</c> (only in <c>model_data</c>).</summary>
public sealed record OutputArtifact
{
    public required string Key { get; init; }
    public required string Role { get; init; }
    public required string ContentType { get; init; }
    public required long SizeBytes { get; init; }
    public required string Digest { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }
    public double? DurationSeconds { get; init; }
    public int? FramesPerSecond { get; init; }
    public int? FrameCount { get; init; }
    public bool? HasAudio { get; init; }
}

/// <summary>Milliseconds by phase.</summary>
public sealed record RunTiming(long QueueMs, long PreprocessMs, long InferenceMs, long EncodeMs, long UploadMs, long TotalMs)
{
    /// <summary>Writing the prompt in more detail; 0 in an attempt that found it done.</summary>
    public long ExpandingMs { get; init; }

    /// <summary>Judging prompt, inputs and output.</summary>
    public long CheckingMs { get; init; }
}
