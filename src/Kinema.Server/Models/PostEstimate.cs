using Kinema.Core.Admission;
using Kinema.Server.Auth;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Models;

/// <summary>Estimates a create: takes the same body, answers what it would cost and get, and stores nothing.</summary>
internal sealed class PostEstimate(CreateBody createBody, EstimateRun estimateRun)
{
    public async Task<IResult> HandleAsync(string slug, HttpRequest request, Caller caller, CancellationToken ct)
    {
        var (body, refusal) = await createBody.ReadAsync(request, () => Task.FromResult<IResult?>(null), ct);
        if (refusal is not null)
            return refusal;

        using var _ = body;
        var result = await estimateRun.HandleAsync(PostRun.CommandOf(request, caller, slug, body!.Bytes), ct);
        return result.Estimate is { } estimate ? new JsonBodyResult(RunEstimatePresenter.Present(estimate)) : CreateRefusal.Of(result.Refusal!);
    }
}
