namespace Kinema.Worker.Protocol;

/// <summary><c>POST /v1/worker/heartbeats</c>: extends the leases of up to <see cref="WorkerProtocol.MaxAttempts"/> attempts.</summary>
internal sealed record SendHeartbeats(IReadOnlyList<AttemptKey> Attempts);

/// <param name="Attempts">The answers in the order of the request.</param>
internal sealed record HeartbeatsReply(IReadOnlyList<AttemptState> Attempts);

/// <param name="IsCurrent">False if the attempt must stop: it may belong to another worker by now.</param>
/// <param name="CancelRequested">Whether the caller cancelled the run.</param>
/// <param name="LeftMs">Time until the run fails whatever it is doing, milliseconds; null if the attempt is not current.</param>
internal sealed record AttemptState(Guid RunId, long Fence, bool IsCurrent, bool CancelRequested, long? LeftMs = null);
