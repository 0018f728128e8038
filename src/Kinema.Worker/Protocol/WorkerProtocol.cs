namespace Kinema.Worker.Protocol;

/// <summary>The protocol between a worker in a process of its own and the server: JSON over HTTP, see <c>docs/worker-protocol.md</c>.</summary>
internal static class WorkerProtocol
{
    /// <summary>Version that this build speaks. A server also serves the version before it.</summary>
    public const int Version = 1;

    /// <summary>Oldest version that a server of this build serves.</summary>
    public const int OldestServed = 1;

    public const string Root = "/v1/worker";

    /// <summary>Header with the version, on every request.</summary>
    public const string VersionHeader = "Kinema-Worker-Protocol";

    /// <summary>Header with the worker's id, on every request but the registration.</summary>
    public const string WorkerHeader = "Kinema-Worker-Id";

    /// <summary>Header with the number of bytes that the server has of a file, or from which a part begins.</summary>
    public const string OffsetHeader = "Upload-Offset";

    /// <summary>Longest wait of a claim, seconds.</summary>
    public const int LongestPollSeconds = 20;

    /// <summary>Most bytes of a message.</summary>
    public const int MaxMessageBytes = 8 << 20;

    /// <summary>Most attempts in one message.</summary>
    public const int MaxAttempts = 256;

    /// <summary>Most events of one attempt in one message.</summary>
    public const int MaxEvents = 64;

    /// <summary>Most characters of a text that the run's record or log shows.</summary>
    public const int MaxText = 2000;

    /// <summary>Most characters of a checkpoint.</summary>
    public const int MaxCheckpoint = 64 << 10;

    /// <summary>Most characters of what an engine says about its settings, as JSON.</summary>
    public const int MaxModelData = 256 << 10;
}
