using Kinema.Core.Catalog;
using Kinema.Core.Lists;
using Kinema.Core.Runs;

namespace Kinema.Playground.Runs.List;

/// <summary>Reads the page of runs that a form asks for, or says what is wrong with the form.</summary>
internal sealed class RunListReading(IRunLedger runs, IUnindexedLists unindexed)
{
    private const string PageSize = "25";

    public async Task<RunListResult> ReadAsync(Guid orgId, RunListForm form, string? cursor, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        var terms = form.Terms(errors);
        // The text is read by itself, so that the columns in the messages are those of the text.
        errors.AddRange(RunListRequest.Read(new(form.Q, PageSize, form.SortBy, Pq: cursor), [], out var request));
        if (errors.Count > 0 || request is null)
            return new() { Errors = errors };

        var query = request.Query with { Filter = Join(terms, request.Query.Filter) };
        var filter = query.Filter is null ? null : FilterPrinter.Print(query.Filter);
        using var slot = query.IsIndexed ? null : await unindexed.EnterAsync(orgId, ct);
        if (!query.IsIndexed && slot is null)
            return new() { Filter = filter, IsBusy = true };

        var page = await runs.ListAsync(orgId, query, ct);
        return new() { Filter = filter, Runs = page.Items, Cursors = RunPageCursors.Of(page, query) };
    }

    private static Filter? Join(IReadOnlyList<Filter> terms, Filter? written)
    {
        Filter[] all = [.. terms, .. written?.Conjuncts ?? []];
        return all switch { [] => null, [var one] => one, _ => new Filter.All(all) };
    }
}

/// <summary>What a form of the list got.</summary>
internal sealed record RunListResult
{
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>The whole filter in the grammar, as a program would send it.</summary>
    public string? Filter { get; init; }

    /// <summary>Whether too many lists of the organisation that no index serves wait already.</summary>
    public bool IsBusy { get; init; }

    public IReadOnlyList<Run> Runs { get; init; } = [];

    public RunPageCursors Cursors { get; init; } = new(null, null, null);
}
