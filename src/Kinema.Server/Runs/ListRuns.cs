using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

internal static class ListRuns
{
    public static async Task<IResult> HandleAsync(
        HttpRequest http, Caller caller, IRunLedger runs, RunPresenter presenter, RunPagePresenter pages, CancellationToken ct)
    {
        var query = http.Query;
        var parameters = new RunListParameters(query["q"], query["limit"], query["sort_by"], query["fields"], query["pq"], query["from_prev"]);
        var errors = RunListRequest.Read(parameters, presenter.FieldNames, out var request);
        if (request is null)
            return ApiErrors.Invalid(errors);

        var page = await runs.ListAsync(caller.OrgId, request.Query, ct);
        return new JsonBodyResult(pages.Present(page, request));
    }
}
