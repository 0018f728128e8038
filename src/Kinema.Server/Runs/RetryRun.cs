using Kinema.Core.Json;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Idempotency;
using Kinema.Server.Models;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Makes a new run with what the caller sent for one that failed or was canceled. It passes every check of a create.</summary>
internal sealed class RetryRun(IRunLedger runs, PostRun postRun)
{
    public async Task<IResult> HandleAsync(RouteId id, HttpRequest request, Caller caller, CancellationToken ct)
    {
        if (await runs.FindAsync(caller.OrgId, id, ct) is not { } run)
            return ApiErrors.RunNotFound(id);
        if (run.Status is not (RunStatus.Failed or RunStatus.Canceled))
            return ApiErrors.Conflict($"Only a run that failed or was canceled can be retried; this one is {run.Status.ToCode()}.");

        var command = PostRun.CommandOf(request, caller, run.ModelSlug, BodyOf(run)) with { RetryOf = run.Id };
        return await postRun.CreateAsync(command, request.HttpContext.Features.Get<KeyedRequest>(), ct);
    }

    /// <summary>The create request as the record has it: inline data are references to their assets.</summary>
    private static byte[] BodyOf(Run run) => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteRaw("input", run.InputJson);
        writer.WriteString("callback_url", run.CallbackUrl);
        writer.WriteRaw("metadata", run.MetadataJson);
        writer.WriteString("client_ref", run.ClientRef);
        writer.WriteEndObject();
    });
}
