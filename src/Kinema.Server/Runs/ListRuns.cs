using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

internal static class ListRuns
{
    public static async Task<IResult> HandleAsync(
        HttpRequest http, Caller caller, IRunLedger runs, UnindexedLists unindexed, RunPresenter presenter, RunPagePresenter pages, RunExtrasReader extras,
        CancellationToken ct)
    {
        var query = http.Query;
        var parameters = new RunListParameters(query["q"], query["limit"], query["sort_by"], query["fields"], query["pq"], query["from_prev"]) { Embed = query["embed"] };
        var errors = RunListRequest.Read(parameters, presenter.FieldNames, out var request);
        if (request is null)
            return ApiErrors.Invalid(errors);

        using var slot = request.Query.IsIndexed ? null : await unindexed.EnterAsync(caller.OrgId, ct);
        if (slot is { IsAcquired: false })
        {
            return ApiErrors.RateLimited(
                $"The organisation runs {UnindexedLists.AtOnce} lists that no index serves, and more wait; narrow q to one status_code, model, engine or client_ref.", TimeSpan.FromSeconds(1));
        }

        var page = await runs.ListAsync(caller.OrgId, request.Query, ct);
        return new JsonBodyResult(pages.Present(page, request, await extras.ReadAsync(page.Items, request.Embeds, ct)));
    }
}
