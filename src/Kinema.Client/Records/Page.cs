namespace Kinema.Client;

/// <summary>One page of a list.</summary>
public sealed record Page<T>
{
    /// <summary>What is on it.</summary>
    public IReadOnlyList<T> Items { get; init; } = [];

    /// <summary>Cursor of the first page.</summary>
    public string? First { get; init; }

    /// <summary>Cursor of the page after; null on the last one.</summary>
    public string? Next { get; init; }

    /// <summary>Cursor of the page before; null on the first one.</summary>
    public string? Previous { get; init; }
}
