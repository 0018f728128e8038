using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Idempotency;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Server.Runs;

internal static class RunsEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder app)
    {
        var runs = app.MapGroup("/v1/runs").WithTags("Runs");
        runs.MapGet("", ListRuns.HandleAsync).RequireScope(Scopes.RunsRead);
        runs.MapGet("/statuses", () => new JsonBodyResult(RunStatusList.Present())).RequireScope(Scopes.RunsRead);
        runs.MapGet("/{id}", GetRun.HandleAsync).RequireScope(Scopes.RunsRead);
        runs.MapDelete("/{id}", DeleteRun.HandleAsync).RequireScope(Scopes.RunsEdit);
        runs.MapGet("/{id}/events", StreamRunEvents.HandleAsync).RequireScope(Scopes.RunsRead);
        runs.MapGet("/{id}/logs", ListRunLogs.HandleAsync).RequireScope(Scopes.RunsRead);
        runs.MapGet("/{id}/logs/{logId}", ListRunLogs.ReadOneAsync).RequireScope(Scopes.RunsRead);
        runs.MapGet("/{id}/node-runs", ListNodeRuns.HandleAsync).RequireScope(Scopes.RunsRead);
        runs.MapGet("/{id}/node-runs/{nodeRunId}", ListNodeRuns.ReadOneAsync).RequireScope(Scopes.RunsRead);
        runs.MapGet("/{id}/preview", GetPreview.HandleAsync).RequireScope(Scopes.RunsRead);
        runs.MapPatch("/{id}/feedback", SetFeedback.HandleAsync).RequireScope(Scopes.RunsCreate);
        runs.MapPost("/{id}/retries", RetryAsync).RequireScope(Scopes.RunsCreate);
        runs.MapPost("/{id}/cancellation", CancelRun.HandleAsync).RequireScope(Scopes.RunsCreate);
        runs.MapGet("/{id}/callback", ListDeliveries.HandleAsync).RequireScope(Scopes.RunsRead);
        runs.MapPost("/{id}/callback-redeliveries", RedeliverCallback.HandleAsync).RequireScope(Scopes.RunsExecute).WithMetadata(new StoresBodyAsIs());

        app.MapGet("/v1/events", StreamEvents.HandleAsync).RequireScope(Scopes.RunsRead).WithTags("Runs");
        app.MapGet("/v1/runs-stats", ReadRunStatistics.HandleAsync).RequireScope(Scopes.RunsRead).WithTags("Runs");
        app.MapPost("/v1/admin/runs/{id}/cancellation", CancelRun.HandleAsAdminAsync).RequirePlatformAdmin().WithTags("Runs").WithMetadata(new WithoutIdempotency());
    }

    private static Task<IResult> RetryAsync(RouteId id, HttpContext context, Caller caller, RetryRun retry, WaitForRun wait, CancellationToken ct) =>
        wait.HoldAsync(retry.HandleAsync(id, context.Request, caller, ct), context, caller);
}
