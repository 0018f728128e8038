using Kinema.Core.Lists;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

/// <summary>Filters and orders give what the same ones give in memory.</summary>
public abstract partial class LedgerConformance
{
    private const int Filters = 400;

    private static readonly string?[] _refs = [null, "", "a", "A", "it's", "e\u0301", "\U0001F600", "\uFF5E", "x y"];

    [Fact]
    public async Task Random_filters_select_what_they_select_in_memory()
    {
        var runs = await AdmitVariedAsync();
        var random = new Random(21);
        var matcher = new FilterMatcher<Run>(ReadStored);
        for (var round = 0; round < Filters; round++)
        {
            var filter = RandomFilter(random, runs, depth: 3);

            var listed = await IdsAsync(new() { Limit = 500, Filter = filter });

            listed.ShouldBe(runs.Where(run => matcher.Matches(filter, run)).OrderByDescending(run => run.CreatedAt).ThenByDescending(run => run.Id.ToString(), StringComparer.Ordinal).Select(run => run.Id), FilterPrinter.Print(filter));
        }
    }

    [Theory]
    [InlineData("client_ref")]
    [InlineData("client_ref:desc")]
    [InlineData("status_code,completed_at:desc")]
    [InlineData("cost:desc,client_ref")]
    [InlineData("completed_at,status_code:desc,created_at")]
    [InlineData("created_at:desc,client_ref")]
    public async Task Any_order_pages_through_every_run_once_in_both_directions_while_runs_are_added(string sortBy)
    {
        var runs = await AdmitVariedAsync();
        RunListRequest.Read(new(null, "3", sortBy, null, null, null), [], out var request).ShouldBeEmpty();
        var query = request!.Query;
        var expected = Sorted(runs, query.Sort);

        var forwards = new List<Guid>();
        var page = await Runs.ListAsync(Acme.Id, query, Ct);
        forwards.AddRange(page.Items.Select(run => run.Id));
        while (page.HasMore)
        {
            Pass(1);
            await AdmitAsync(NewRun(clientRef: "later"));
            page = await Runs.ListAsync(Acme.Id, query with { SortedCursor = page.Last }, Ct);
            forwards.AddRange(page.Items.Select(run => run.Id));
        }

        var backwards = page.Items.Select(run => run.Id).ToList();
        do
        {
            page = await Runs.ListAsync(Acme.Id, query with { SortedCursor = page.First, Backwards = true }, Ct);
            backwards.InsertRange(0, page.Items.Select(run => run.Id));
        }
        while (page.HasMore);

        forwards.ShouldBe(expected);
        backwards.ShouldBe(expected);
        page.IsCut.ShouldBeFalse();
    }

    private static List<Guid> Sorted(IReadOnlyList<Run> runs, IReadOnlyList<SortKey> keys)
    {
        var sorted = runs.OrderBy(_ => 0);
        foreach (var key in keys)
        {
            sorted = sorted.ThenBy(run => ReadStored(run, key.Field) is null);
            sorted = key.Descending
                ? sorted.ThenByDescending(run => ReadStored(run, key.Field), Comparer<object?>.Create(CompareStored))
                : sorted.ThenBy(run => ReadStored(run, key.Field), Comparer<object?>.Create(CompareStored));
        }

        return [.. sorted.ThenBy(run => run.Id.ToString(), StringComparer.Ordinal).Select(run => run.Id)];
    }

    private static int CompareStored(object? one, object? other) => (one, other) switch
    {
        (string a, string b) => System.Text.Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(b)),
        (long a, long b) => a.CompareTo(b),
        _ => 0,
    };

    /// <summary>Some thirty runs that differ in every field that can be filtered by.</summary>
    private async Task<IReadOnlyList<Run>> AdmitVariedAsync()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 27; i++)
        {
            var run = await AdmitAsync(NewRun(clientRef: _refs[i % _refs.Length], engine: i % 4 == 0 ? "wan" : "motion") with
            {
                ModelSlug = i % 5 == 0 ? "another/model" : "alibaba/wan/v2.7/image-to-video",
                SourceCode = i % 3 == 0 ? "cli" : "api",
                CallbackUrl = i % 6 == 0 ? "https://example.com/hook" : null,
            });
            ids.Add(run.Id);
            if (i % 3 != 1)
                Pass(1.5);
            if (i % 7 == 2)
                await Runs.CancelAsync(Acme.Id, run.Id, null, Ct);
        }

        await TryClaimAsync("wan");
        var all = new List<Run>();
        foreach (var id in ids)
            all.Add((await Runs.FindAsync(Acme.Id, id, Ct)).ShouldNotBeNull());
        return all;
    }

    private static Filter RandomFilter(Random random, IReadOnlyList<Run> runs, int depth) => random.Next(depth == 0 ? 1 : 5) switch
    {
        1 => new Filter.Not(RandomFilter(random, runs, depth - 1)),
        2 => new Filter.All([RandomFilter(random, runs, depth - 1), RandomFilter(random, runs, depth - 1)]),
        3 => new Filter.Any([RandomFilter(random, runs, depth - 1), RandomFilter(random, runs, depth - 1)]),
        _ => RandomComparison(random, runs),
    };

    // Values are those of a run, or near them, so that both answers occur.
    private static Filter.Comparison RandomComparison(Random random, IReadOnlyList<Run> runs)
    {
        var field = RunFields.All[random.Next(RunFields.All.Count)];
        var op = field.Operators[random.Next(field.Operators.Count)];
        var value = ReadStored(runs[random.Next(runs.Count)], field);
        if (value is long number)
            value = field.Kind == FilterValueKind.Time ? number / 1_000 * 1_000 + (1_000 * random.Next(-1, 2)) : number + random.Next(-1, 2);
        if (value is null && op is not (FilterOperator.Equal or FilterOperator.NotEqual))
            op = FilterOperator.NotEqual;
        return new(field, op, value);
    }

    private static object? ReadStored(Run run, FilterField field) => field.Name switch
    {
        "id" => run.Id.ToString(),
        "status_code" => run.Status.ToCode(),
        "model" => run.ModelSlug,
        "engine" => run.EngineId,
        "client_ref" => run.ClientRef,
        "created_at" => Micros(run.CreatedAt),
        "started_at" => Micros(run.StartedAt),
        "completed_at" => Micros(run.CompletedAt),
        "duration_ms" => run.DurationMs,
        "cost" => run.Cost is { } cost ? MicroDollars(cost) : null,
        "attempts" => (long)run.AttemptCount,
        "model_id" => run.ModelId.ToString(),
        "source_code" => run.SourceCode,
        "callback_url" => run.CallbackUrl,
        "request_id" => run.RequestId,
        "created_by" => run.CreatedBy?.ToString(),
        "failure_code" => run.Failure?.Code,
        "failure_stage_code" => run.Failure?.Stage,
        _ => throw new ArgumentException($"{field.Name} is no field of a run."),
    };

    private static long? Micros(DateTimeOffset? time) => (time?.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static long MicroDollars(Money money) => (long)(decimal.Parse(money.ToString(), System.Globalization.CultureInfo.InvariantCulture) * 1_000_000m);
}
