using Kinema.Core.Catalog;

namespace Kinema.Core.Lists;

/// <summary>A parsed request for a page of a list.</summary>
public sealed record ListQuery
{
    /// <summary>1 to 500.</summary>
    public required int Limit { get; init; }

    public Filter? Filter { get; init; }

    /// <summary>At least one key; ids decide ties.</summary>
    public required IReadOnlyList<SortKey> Sort { get; init; }

    /// <summary>Start after this place in reading order (or end before it, see <see cref="Backwards"/>); null for the first page.</summary>
    public ListCursor? Cursor { get; init; }

    public bool Backwards { get; init; }

    /// <summary>The members to write, or null for all.</summary>
    public IReadOnlySet<string>? Fields { get; init; }

    /// <param name="parameters">Raw parameters.</param>
    /// <param name="schema">What the list offers.</param>
    /// <param name="query">Parsed request, or null if invalid.</param>
    /// <returns>Every problem; empty if valid.</returns>
    public static IReadOnlyList<FieldError> Read(ListParameters parameters, ListSchema schema, out ListQuery? query)
    {
        var errors = new List<FieldError>();
        var sort = SortKey.Read(parameters.SortBy, schema.Fields, errors);
        var read = new ListQuery
        {
            Limit = PageLimit.Read(parameters.Limit, errors),
            Filter = new FilterReader(schema.Fields).Read(parameters.Q, errors),
            Sort = sort.Count > 0 ? sort : schema.Order,
            Fields = Projection.Read(parameters.Fields, schema.Members, schema.Item, errors),
        };
        read = read.At(parameters.Pq, Projection.ReadFlag("from_prev", parameters.FromPrev, errors), schema, errors);
        query = errors.Count == 0 ? read : null;
        return errors;
    }

    private ListQuery At(string? pq, bool fromPrevious, ListSchema schema, List<FieldError> errors)
    {
        if (string.IsNullOrEmpty(pq) || pq == ListCursorCodec.Start)
            return this;
        if (ListCursorCodec.Decode(pq, Sort, schema.Id, out var backwards) is { } cursor)
            return this with { Cursor = cursor, Backwards = backwards || fromPrevious };

        errors.Add(ListCursorCodec.Refusal);
        return this;
    }
}
