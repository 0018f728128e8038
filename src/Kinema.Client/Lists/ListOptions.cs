using System.Globalization;
using System.Text;

namespace Kinema.Client;

/// <summary>What to list, and from which page on.</summary>
public sealed record ListOptions
{
    /// <summary>Filter expression (<c>q</c>), up to 2048 characters, for example <c>status_code:succeeded AND created_at&gt;2026-04-01</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>Up to 5 sort keys, for example <c>cost:desc,created_at</c>; the server's order if null.</summary>
    public string? SortBy { get; init; }

    /// <summary>Items of a page, 1 to 500; the server's default if null. Enumerating a list reads further pages: take the first items with <c>Take</c>.</summary>
    public int? PageSize { get; init; }

    /// <summary><see cref="Page{T}.Next"/> or <see cref="Page{T}.Previous"/> of a page with the same sort keys; null for the first page.</summary>
    public string? Cursor { get; init; }

    internal string ToQuery(string? cursor)
    {
        var text = new StringBuilder();
        Add("q", Filter);
        Add("sort_by", SortBy);
        Add("limit", PageSize?.ToString(CultureInfo.InvariantCulture));
        Add("pq", cursor);
        return text.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"SortBy = {SortBy}, PageSize = {PageSize}");
        return true;
    }
}
