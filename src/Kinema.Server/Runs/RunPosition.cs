namespace Kinema.Server.Runs;

/// <summary>How far a reader is in a run's events.</summary>
/// <param name="RunId">The run.</param>
/// <param name="After">Sequence number of the last event that the reader has; 0 for none.</param>
internal sealed record RunPosition(Guid RunId, long After);
