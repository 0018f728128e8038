namespace Kinema.Client;

/// <summary>What to list, and which page of it.</summary>
public sealed record ListOptions
{
    /// <summary>Filter expression (<c>q</c>), for example <c>status_code:succeeded AND created_at&gt;2026-04-01</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>Sort keys, for example <c>cost:desc,created_at</c>; the server's order if null.</summary>
    public string? SortBy { get; init; }

    /// <summary>Page size, 1 to 500; the server's default if null.</summary>
    public int? Limit { get; init; }

    /// <summary><see cref="Page{T}.Next"/> or <see cref="Page{T}.Previous"/> of a page with the same sort keys; null for the first page.</summary>
    public string? Cursor { get; init; }
}
