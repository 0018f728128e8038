namespace Kinema.Worker.Http;

/// <summary>Why a worker process ends by itself.</summary>
public sealed class RemoteWorkerState
{
    /// <summary>The server's refusal; null if the worker was drained or stopped.</summary>
    public string? Refusal { get; internal set; }

    internal bool IsEnding { get; set; }
}
