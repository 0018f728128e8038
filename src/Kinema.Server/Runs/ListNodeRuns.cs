using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Lists the phases of a run's attempts and reads one.</summary>
internal static class ListNodeRuns
{
    public static async Task<IResult> HandleAsync(RouteId id, Caller caller, IRunLedger runs, IRunHistory history, CancellationToken ct) =>
        await ReadAsync(id, caller, runs, history, ct) is var (run, phases) ? new JsonBodyResult(NodeRunPresenter.PresentAll(run, phases)) : ApiErrors.RunNotFound(id);

    public static async Task<IResult> ReadOneAsync(
        RouteId id, string nodeRunId, Caller caller, IRunLedger runs, IRunHistory history, CancellationToken ct)
    {
        if (await ReadAsync(id, caller, runs, history, ct) is not var (run, phases))
            return ApiErrors.RunNotFound(id);

        return phases.FirstOrDefault(phase => Guid.TryParseExact(nodeRunId, "D", out var asked) && phase.Id == asked) is { } found
            ? new JsonBodyResult(NodeRunPresenter.Present(run, found))
            : ApiErrors.NotFound($"The run has no node run {ReceivedValue.Shorten(nodeRunId)}.");
    }

    private static async Task<(Run Run, IReadOnlyList<NodeRun> Phases)?> ReadAsync(
        RouteId id, Caller caller, IRunLedger runs, IRunHistory history, CancellationToken ct) =>
        await runs.FindAsync(caller.OrgId, id, ct) is { } run && await history.ReadAttemptsAsync(caller.OrgId, id, ct) is { } attempts
            ? (run, NodeRuns.Of(run, attempts))
            : null;
}
