namespace Kinema.Core.Admission;

/// <summary>A create call, as the endpoint hands it on.</summary>
public sealed record CreateRunCommand
{
    public required Guid OrgId { get; init; }

    /// <summary>The key that calls.</summary>
    public Guid? CreatedBy { get; init; }

    public required string ModelSlug { get; init; }
    public required string RequestId { get; init; }

    /// <summary><c>api, playground, cli, mcp, batch</c>.</summary>
    public string SourceCode { get; init; } = "api";

    /// <summary>The request's body, unread.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
