using System.Globalization;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Server.Runs;

/// <summary>Gets the latest preview of a run under way.</summary>
internal static class GetPreview
{
    public static async Task<IResult> HandleAsync(
        RouteId id, HttpResponse response, Caller caller, IRunLedger runs, IRunPreviews previews, CancellationToken ct)
    {
        if (await previews.FindAsync(caller.OrgId, id, ct) is not { } preview)
        {
            return await runs.FindAsync(caller.OrgId, id, ct) is { } run
                ? ApiErrors.NotFound(run.Status.IsTerminal() ? "The run has ended; its previews are gone." : "The run has no preview yet; its engine may make none.")
                : ApiErrors.RunNotFound(id);
        }

        // The picture comes from an engine, so no browser may take it for anything else.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(
            preview.Content,
            preview.ContentType,
            entityTag: new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{preview.Sequence}\"")));
    }
}
