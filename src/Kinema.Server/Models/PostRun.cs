using Kinema.Core.Admission;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Models;

/// <summary>Creates a run: passes the body to admission and maps the result to a response.</summary>
internal sealed class PostRun(
    CreateBody createBody, EarlyRefusal earlyRefusal, CreateRun createRun, RunPresenter presenter, ServerAddress address, IWorkSignal workSignal)
{
    public const string SourceHeader = "Kinema-Source";

    private static readonly TimeSpan _queueRetry = TimeSpan.FromSeconds(10);

    public async Task<IResult> HandleAsync(string slug, HttpRequest request, Caller caller, CancellationToken ct)
    {
        var (body, refusal) = await createBody.ReadAsync(request, RefuseEarlyAsync, ct);
        if (refusal is not null)
            return refusal;

        using var _ = body;
        var command = new CreateRunCommand
        {
            OrgId = caller.OrgId,
            CreatedBy = caller.Key.Id,
            ModelSlug = slug,
            RequestId = request.HttpContext.TraceIdentifier,
            SourceCode = RunSources.Claimed(request.Headers[SourceHeader].ToString()),
            Body = body!.Bytes,
        };
        return Translate(await createRun.HandleAsync(command, ct));

        async Task<IResult?> RefuseEarlyAsync() => await earlyRefusal.CheckAsync(caller.OrgId, slug, ct) is { } result ? Translate(result) : null;
    }

    internal IResult Translate(CreateRunResult result)
    {
        switch (result)
        {
            case CreateRunResult.Created { Run: var run, Warnings: var warnings } created:
                workSignal.Notify(SignalTopic.Queue);
                return new JsonBodyResult(presenter.PresentCreated(run, warnings), StatusCodes.Status201Created)
                {
                    Location = new Uri(address.Base, $"v1/runs/{run.Id}").AbsoluteUri,
                    Created = created,
                };
            case CreateRunResult.NotJson { Problem: var problem }:
                return ApiErrors.InvalidJson(problem);
            case CreateRunResult.Invalid { Errors: var errors }:
                return ApiErrors.Invalid(errors);
            case CreateRunResult.UnknownModel { Slug: var slug }:
                return ApiErrors.ModelNotFound(slug);
            case CreateRunResult.Unavailable { Reason: var reason }:
                return new ApiError(ErrorCode.ModelUnavailable, reason) { RetryAfter = _queueRetry };
            case CreateRunResult.OrgQueueFull:
                return ApiErrors.RateLimited("As many runs of this organisation wait as may; try again when some have ended.", _queueRetry);
            case CreateRunResult.QueueFull:
                return new ApiError(ErrorCode.QueueFull, "As many runs wait as the server takes; try again later.") { RetryAfter = _queueRetry };
            case CreateRunResult.OverQuota { Quota: var quota }:
                return ApiErrors.QuotaExceeded(quota);
            case CreateRunResult.StorageFull:
                return ApiErrors.StorageFull();
            default:
                throw new InvalidOperationException($"Unexpected admission result {result}.");
        }
    }
}
