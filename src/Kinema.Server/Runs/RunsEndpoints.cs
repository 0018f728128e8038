using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
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
        runs.MapGet("/{id:guid}", GetRun.HandleAsync).RequireScope(Scopes.RunsRead);
        runs.MapGet("/{id:guid}/events", StreamRunEvents.HandleAsync).RequireScope(Scopes.RunsRead);
        runs.MapGet("/{id:guid}/logs", ListRunLogs.HandleAsync).RequireScope(Scopes.RunsRead);
        runs.MapPost("/{id:guid}/cancellation", CancelRun.HandleAsync).RequireScope(Scopes.RunsCreate);
        runs.MapGet("/{id:guid}/callback", ListDeliveries.HandleAsync).RequireScope(Scopes.RunsRead);
        runs.MapPost("/{id:guid}/callback-redeliveries", RedeliverCallback.HandleAsync).RequireScope(Scopes.RunsExecute);

        app.MapPost("/v1/admin/runs/{id:guid}/cancellation", CancelRun.HandleAsAdminAsync).RequirePlatformAdmin().WithTags("Runs");
    }
}
