namespace Kinema.Core.Lists;

/// <summary>Raw query parameters of a list; null if absent.</summary>
public sealed record ListParameters(string? Q = null, string? Limit = null, string? SortBy = null, string? Fields = null, string? Pq = null, string? FromPrev = null)
{
    /// <summary>Lists of runs alone read it.</summary>
    public string? Embed { get; init; }
}
