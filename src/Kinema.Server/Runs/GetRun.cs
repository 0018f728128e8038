using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Gets a run with newly signed URLs. The parameter <c>add_signature</c>, which some clients send, has no effect.</summary>
internal static class GetRun
{
    public static async Task<IResult> HandleAsync(
        RouteId id, HttpRequest request, Caller caller, IRunLedger runs, RunExtrasReader extras, RunPresenter presenter, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        var embeds = RunEmbeds.Read(request.Query["embed"], errors);
        if (errors.Count > 0)
            return ApiErrors.Invalid(errors);

        return await runs.FindAsync(caller.OrgId, id, ct) is { } run
            ? new JsonBodyResult(presenter.Present(run, await extras.ReadAsync(run, embeds, ct)))
            : ApiErrors.RunNotFound(id);
    }
}
