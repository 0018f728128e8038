using Kinema.Core.Runs;

namespace Kinema.Core.Admission;

/// <summary>A create call, as the endpoint hands it on.</summary>
public sealed record CreateRunCommand
{
    public required Guid OrgId { get; init; }

    /// <summary>The key that calls.</summary>
    public Guid? CreatedBy { get; init; }

    public required string ModelSlug { get; init; }
    public required string RequestId { get; init; }

    /// <summary>One of <see cref="RunSources"/>.</summary>
    public string SourceCode { get; init; } = RunSources.Api;

    /// <summary>The request's body, unread.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
