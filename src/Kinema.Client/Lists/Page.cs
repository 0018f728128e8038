using System.Globalization;
using System.Text;

namespace Kinema.Client;

/// <summary>One page of a list.</summary>
public sealed record Page<T>
{
    /// <summary>Items of the page.</summary>
    public IReadOnlyList<T> Items { get; init; } = [];

    /// <summary>Cursor of the first page.</summary>
    public string? First { get; init; }

    /// <summary>Cursor of the next page; null on the last page.</summary>
    public string? Next { get; init; }

    /// <summary>Cursor of the previous page; null on the first page.</summary>
    public string? Previous { get; init; }

    /// <summary>What the server wants to say about the page: that it examined its bound, for example, and the page may be short.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Items = {Items.Count}, HasNext = {Next is not null}");
        return true;
    }
}
