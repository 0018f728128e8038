namespace Kinema.Core.Lists;

/// <summary>What a list lets its callers ask for.</summary>
public sealed record ListSchema
{
    /// <summary>What an item is called in messages, with its article: <c>a model</c>.</summary>
    public required string Item { get; init; }

    /// <summary>The fields to filter and sort by; the first is the id, which decides ties.</summary>
    public required IReadOnlyList<FilterField> Fields { get; init; }

    /// <summary>The order of a request without <c>sort_by</c>; at least one key.</summary>
    public required IReadOnlyList<SortKey> Order { get; init; }

    /// <summary>The members of a record, which <c>fields</c> can name.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    public FilterField Id => Fields[0];
}
