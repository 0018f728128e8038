using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Gets a run with newly signed URLs. The parameter <c>add_signature</c>, which some clients send, has no effect.</summary>
internal static class GetRun
{
    public static async Task<IResult> HandleAsync(RouteId id, Caller caller, IRunLedger runs, RunPresenter presenter, CancellationToken ct) =>
        await runs.FindAsync(caller.OrgId, id, ct) is { } run ? new JsonBodyResult(presenter.Present(run)) : ApiErrors.RunNotFound(id);
}
