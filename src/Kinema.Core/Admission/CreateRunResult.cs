using Kinema.Core.Catalog;
using Kinema.Core.Runs;

namespace Kinema.Core.Admission;

/// <summary>Result of a create request. Unless it is <see cref="Created"/>, nothing was stored and nothing is charged.</summary>
public abstract record CreateRunResult
{
    private CreateRunResult()
    {
    }

    /// <summary>201. The warnings name members of the request that were ignored.</summary>
    public sealed record Created(Run Run, IReadOnlyList<FieldError> Warnings) : CreateRunResult;

    /// <summary>400 <c>INVALID_JSON</c>.</summary>
    public sealed record NotJson(string Problem) : CreateRunResult;

    /// <summary>422 <c>VALIDATION_ERROR</c>.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : CreateRunResult;

    /// <summary>404 <c>MODEL_NOT_FOUND</c>.</summary>
    public sealed record UnknownModel(string Slug) : CreateRunResult;

    /// <summary>503 <c>MODEL_UNAVAILABLE</c>.</summary>
    public sealed record Unavailable(string Reason) : CreateRunResult;

    /// <summary>422 <c>CONTENT_REJECTED</c>: the safety checker refused an input.</summary>
    public sealed record ContentRejected(FieldError Error) : CreateRunResult;

    /// <summary>503: the store's queue is full.</summary>
    public sealed record QueueFull : CreateRunResult;

    /// <summary>429: the organisation's share of the queue is full.</summary>
    public sealed record OrgQueueFull : CreateRunResult;

    /// <summary>403 <c>QUOTA_EXCEEDED</c>: the organisation stores as much as it may.</summary>
    public sealed record OverQuota(QuotaExceeded Quota) : CreateRunResult;

    /// <summary>503: no room for another run's files.</summary>
    public sealed record StorageFull : CreateRunResult;
}
