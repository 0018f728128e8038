namespace Kinema.Core.Keys;

/// <summary>
/// A stored worker key; the store has only its hash. It is the operator's, not an organisation's: a worker makes videos for all of them, and its key opens nothing
/// but the worker protocol.
/// </summary>
public sealed record WorkerKey
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Public prefix for look-up and identification.</summary>
    public required string Prefix { get; init; }

    /// <summary>Engines that its workers may register and claim runs of.</summary>
    public required IReadOnlyList<string> EngineIds { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
