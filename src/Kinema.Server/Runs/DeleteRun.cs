using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Erases what an ended run was asked and what came of it.</summary>
internal static class DeleteRun
{
    public static async Task<IResult> HandleAsync(RouteId id, Caller caller, IRunErasure erasure, CancellationToken ct)
    {
        var result = await erasure.EraseAsync(caller.OrgId, id, ct);
        return result.Outcome switch
        {
            RunErasureOutcome.Erased => TypedResults.NoContent(),
            RunErasureOutcome.NotFound => ApiErrors.RunNotFound(id),
            RunErasureOutcome.NotEnded => ApiErrors.Conflict("The run has not ended; cancel it (POST /v1/runs/{id}/cancellation) or wait for its end."),
            RunErasureOutcome.DeliveryDue => ApiErrors.Conflict("A callback of the run is due or under way; delete the run when it is delivered or given up."),
            _ => ApiErrors.Conflict($"The run {result.UsedBy} uses inline data of this one; delete this run when that one has ended."),
        };
    }
}
