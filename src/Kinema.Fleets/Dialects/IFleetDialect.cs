namespace Kinema.Fleets.Dialects;

/// <summary>The calls of one kind of inference server.</summary>
internal interface IFleetDialect
{
    /// <summary>Whether a job that was told to end still keeps the server busy until it would have ended.</summary>
    bool GoesOnWhenCanceled { get; }

    /// <summary>
    /// Whether the caller names the job. It can then be found again although the answer to its order was lost. Other servers list jobs without what tells one run's from
    /// another's: of those none is taken, because a wrong video is worse than one that nobody fetches.
    /// </summary>
    bool NamesJobs { get; }

    /// <summary>Orders a video.</summary>
    /// <param name="name">Opaque name of this order, for servers that let the caller name a job.</param>
    /// <returns>The server's name for the job.</returns>
    Task<string> SubmitAsync(Uri endpoint, WanVideo video, string name, CancellationToken ct);

    Task<FleetJobState> PollAsync(Uri endpoint, string id, CancellationToken ct);

    /// <summary>Where the jobs of the server are, as far as its list goes.</summary>
    Task<IReadOnlyDictionary<string, FleetJobPhase>> ListAsync(Uri endpoint, CancellationToken ct);

    /// <summary>Opens the finished video.</summary>
    Task<Stream> OpenAsync(Uri endpoint, string id, CancellationToken ct);

    /// <summary>Tells the server that nobody wants the job, or its video, any more.</summary>
    Task DeleteAsync(Uri endpoint, string id, CancellationToken ct);
}

/// <param name="Phase">Where the job is.</param>
/// <param name="Problem">Why it failed, in the server's words.</param>
internal sealed record FleetJobState(FleetJobPhase Phase, string? Problem = null);

internal enum FleetJobPhase
{
    Waiting,
    Running,
    Completed,
    Failed,

    /// <summary>The server does not know the job: it was started anew.</summary>
    Lost,
}
