using Kinema.Core.Lists;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

internal static class ListRuns
{
    public static async Task<IResult> HandleAsync(
        HttpRequest http, Caller caller, IRunLedger runs, IUnindexedLists unindexed, RunPresenter presenter, RunPagePresenter pages, RunExtrasReader extras,
        CancellationToken ct)
    {
        var errors = RunListRequest.Read(ListResult.ParametersOf(http), presenter.FieldNames, out var request);
        if (request is null)
            return ApiErrors.Invalid(errors);

        var isIndexed = request.Query.IsIndexed;
        using var slot = isIndexed ? null : await unindexed.EnterAsync(caller.OrgId, ct);
        if (!isIndexed && slot is null)
            return UnindexedLists.Full("lists", "; narrow q to one status_code, model, engine or client_ref");

        var page = await runs.ListAsync(caller.OrgId, request.Query, ct);
        return new JsonBodyResult(pages.Present(page, request, await extras.ReadAsync(page.Items, request.Embeds, ct)));
    }
}
