using Kinema.Core.Admission;
using Kinema.Server.Errors;

namespace Kinema.Server.Models;

/// <summary>Maps the result of a refused create to its error.</summary>
internal static class CreateRefusal
{
    private static readonly TimeSpan _queueRetry = TimeSpan.FromSeconds(10);

    public static ApiError Of(CreateRunResult result) => result switch
    {
        CreateRunResult.NotJson { Problem: var problem } => ApiErrors.InvalidJson(problem),
        CreateRunResult.Invalid { Errors: var errors } => ApiErrors.Invalid(errors),
        CreateRunResult.UnknownModel { Slug: var slug } => ApiErrors.ModelNotFound(slug),
        CreateRunResult.Unavailable { Reason: var reason } => new ApiError(ErrorCode.ModelUnavailable, reason) { RetryAfter = _queueRetry },
        CreateRunResult.ContentRejected { Error: var error } => new ApiError(ErrorCode.ContentRejected, error.Message, [error]),
        CreateRunResult.OrgQueueFull => ApiErrors.RateLimited("As many runs of this organisation wait as may; try again when some have ended.", _queueRetry),
        CreateRunResult.QueueFull => new ApiError(ErrorCode.QueueFull, "As many runs wait as the server takes; try again later.") { RetryAfter = _queueRetry },
        CreateRunResult.OverQuota { Quota: var quota } => ApiErrors.QuotaExceeded(quota),
        CreateRunResult.StorageFull => ApiErrors.StorageFull(),
        _ => throw new InvalidOperationException($"Unexpected admission result {result}."),
    };
}
