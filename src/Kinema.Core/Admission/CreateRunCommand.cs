using Kinema.Core.Catalog;
using Kinema.Core.Idempotency;
using Kinema.Core.Runs;

namespace Kinema.Core.Admission;

/// <summary>A create request from the endpoint.</summary>
public sealed record CreateRunCommand
{
    public required Guid OrgId { get; init; }

    /// <summary>Id of the caller's API key.</summary>
    public Guid? CreatedBy { get; init; }

    public required string ModelSlug { get; init; }
    public required string RequestId { get; init; }

    /// <summary>One of <see cref="RunSources"/>.</summary>
    public string SourceCode { get; init; } = RunSources.Api;

    /// <summary>The run that is made again.</summary>
    public Guid? RetryOf { get; init; }

    /// <inheritdoc cref="Run.TraceParent"/>
    public string? TraceParent { get; init; }

    /// <summary>Raw request body. Inline media are decoded in it, so it is not what it was afterwards.</summary>
    public required Memory<byte> Body { get; init; }

    /// <summary>Makes the answer to keep from the run and its warnings, for a request with an idempotency key.</summary>
    public Func<Run, IReadOnlyList<FieldError>, StoredAnswer>? Answer { get; init; }
}
