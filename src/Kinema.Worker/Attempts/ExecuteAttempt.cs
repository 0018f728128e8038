using Kinema.Core.Runs;
using Kinema.Core.Telemetry;
using Kinema.Worker.Assignments;

namespace Kinema.Worker.Attempts;

/// <summary>
/// Executes one attempt, from the claimed run to its outcome. Failures that a caller can cause are outcomes; unexpected failures are exceptions.
/// </summary>
internal sealed class ExecuteAttempt(EngineSet engines, IWorkSource source, GenerateVideo generate, Traces traces, TimeProvider timeProvider)
{
    /// <returns>Null if the attempt has ended without an outcome to write.</returns>
    public async Task<AttemptOutcome?> HandleAsync(Assignment assignment, LiveAttempt attempt, CancellationToken ct)
    {
        var times = new AttemptTimings(assignment.Queued, timeProvider);
        var journal = new AttemptJournal(attempt, source);
        var scratch = assignment.CreateScratch();

        PreparedRequest prepared;
        using (traces.Start("prepare"))
        using (var limit = attempt.Limit(AttemptPhase.Fetch, assignment.Limits.FetchSeconds))
            prepared = await assignment.PrepareAsync(scratch, limit, times, journal, ct);

        times.InputsReady();
        if (prepared.Request is not { } request)
            return prepared.Outcome;

        var engine = engines.Get(assignment.EngineId);
        if (engine.CheckSupport(request) is { IsSupported: false } support)
            return await assignment.RefuseAsync(support, ct);

        await journal.MoveToAsync(RunStatus.Running, ct);
        EncodedVideo video;
        using (traces.Start("generate"))
            video = await generate.HandleAsync(engine, request, scratch, assignment, attempt, journal, ct);

        using (traces.Start("deliver"))
        using (attempt.Limit(AttemptPhase.Store, assignment.Limits.StoreSeconds))
            return await assignment.DeliverAsync(request, engine.Descriptor, video, times, journal, ct);
    }
}
