using Kinema.Core.Catalog;
using Kinema.Core.Lists;

namespace Kinema.Core.Runs;

/// <summary>A parsed list request.</summary>
public sealed record RunListRequest
{
    private static readonly FilterReader _filters = new(RunFields.All);

    public required RunListQuery Query { get; init; }

    /// <summary>The fields to write, or null for all.</summary>
    public IReadOnlySet<string>? Fields { get; init; }

    /// <summary>Parts to show beside the fields.</summary>
    public RunEmbeds Embeds { get; init; } = RunEmbeds.None;

    /// <param name="parameters">Raw parameters.</param>
    /// <param name="knownFields">Fields of a record; see <see cref="RunPresenter.FieldNames"/>.</param>
    /// <param name="request">Parsed request, or null if invalid.</param>
    /// <returns>Validation errors; empty if valid.</returns>
    public static IReadOnlyList<FieldError> Read(ListParameters parameters, IReadOnlyList<string> knownFields, out RunListRequest? request)
    {
        var errors = new List<FieldError>();
        var sort = SortKey.Read(parameters.SortBy, RunFields.All, errors);
        var query = new RunListQuery
        {
            Limit = PageLimit.Read(parameters.Limit, errors),
            Filter = _filters.Read(parameters.Q, errors),
        };
        var fromPrevious = Projection.ReadFlag("from_prev", parameters.FromPrev, errors);
        query = sort is [] || sort is [{ Field: var only }] && only == RunFields.CreatedAt
            ? ByCreation(query with { OldestFirst = sort is [{ Descending: false }] }, parameters.Pq, fromPrevious, errors)
            : ByKeys(query with { Sort = sort }, parameters.Pq, fromPrevious, errors);
        var fields = Projection.Read(parameters.Fields, knownFields, "a run", errors);
        var embeds = RunEmbeds.Read(parameters.Embed, errors);
        if (!embeds.IsNone && query.Limit > RunEmbeds.MaxPage)
            errors.Add(FieldError.Query("limit", $"must be at most {RunEmbeds.MaxPage} with embed; got {query.Limit}", FieldErrorTypes.OutOfRange));
        request = errors.Count == 0 ? new() { Query = query, Fields = fields, Embeds = embeds } : null;
        return errors;
    }

    private static RunListQuery ByCreation(RunListQuery query, string? pq, bool fromPrevious, List<FieldError> errors)
    {
        if (string.IsNullOrEmpty(pq))
            return query;
        if (RunCursorCodec.TryDecode(pq, out var cursor, out var backwards))
            return query with { Cursor = cursor, Backwards = backwards || (fromPrevious && cursor is not null) };

        errors.Add(ListCursorCodec.Refusal);
        return query;
    }

    private static RunListQuery ByKeys(RunListQuery query, string? pq, bool fromPrevious, List<FieldError> errors)
    {
        if (string.IsNullOrEmpty(pq) || pq == RunCursorCodec.Start)
            return query;
        if (SortedRunCursorCodec.Decode(pq, query.Sort.Count, SortKey.Describe(query.Sort), out var backwards) is { } cursor)
            return query with { SortedCursor = cursor, Backwards = backwards || fromPrevious };

        errors.Add(ListCursorCodec.Refusal);
        return query;
    }
}
