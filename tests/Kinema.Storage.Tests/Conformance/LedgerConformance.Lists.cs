using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Paging_in_both_directions_returns_every_run_once_even_at_equal_times(bool oldestFirst)
    {
        var expected = await AdmitClustersAsync();
        if (!oldestFirst)
            expected.Reverse();

        var forwards = new List<Guid>();
        RunPage page;
        RunCursor? cursor = null;
        do
        {
            page = await Runs.ListAsync(Acme.Id, new() { Limit = 3, OldestFirst = oldestFirst, Cursor = cursor }, Ct);
            forwards.AddRange(page.Items.Select(r => r.Id));
            cursor = CursorOf(page.Items[^1]);
        }
        while (page.HasMore);
        forwards.ShouldBe(expected);

        var backwards = new List<Guid>();
        do
        {
            page = await Runs.ListAsync(Acme.Id, new() { Limit = 3, OldestFirst = oldestFirst, Cursor = cursor, Backwards = true }, Ct);
            backwards.InsertRange(0, page.Items.Select(r => r.Id));
            cursor = CursorOf(page.Items[0]);
        }
        while (page.HasMore);
        backwards.ShouldBe(expected[..^1]);
    }

    [Fact]
    public async Task A_page_that_ends_exactly_at_the_last_run_says_that_nothing_follows()
    {
        await AdmitAsync();
        await AdmitAsync();

        (await Runs.ListAsync(Acme.Id, new() { Limit = 2 }, Ct)).HasMore.ShouldBeFalse();
        (await Runs.ListAsync(Acme.Id, new() { Limit = 1 }, Ct)).HasMore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_list_is_filtered_by_status_client_reference_and_model()
    {
        var tagged = await AdmitAsync(NewRun(clientRef: "order-1"));
        Pass(1);
        var other = await AdmitAsync(NewRun(clientRef: "order-2") with { ModelSlug = "another/model" });
        Pass(1);
        var claimed = await AdmitAsync(NewRun(clientRef: "order-1", engine: "wan"));
        await TryClaimAsync("wan");

        (await IdsAsync(Query("client_ref:order-1"))).ShouldBe([claimed.Id, tagged.Id]);
        (await IdsAsync(Query("client_ref:order-1") with { OldestFirst = true })).ShouldBe([tagged.Id, claimed.Id]);
        (await IdsAsync(Query("client_ref:order-1 AND status_code:dispatching"))).ShouldBe([claimed.Id]);
        (await IdsAsync(Query("status_code:queued"))).ShouldBe([other.Id, tagged.Id]);
        (await IdsAsync(Query("model:another/model"))).ShouldBe([other.Id]);
        (await IdsAsync(Query("engine:wan"))).ShouldBe([claimed.Id]);
    }

    [Fact]
    public async Task A_reader_of_the_events_resumes_after_its_last_number()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        for (var i = 1; i <= 6; i++)
            await Worker.AppendAsync(claimed.Attempt, new() { Events = [RunEvents.Progress("inference", i, 6)] }, Ct);

        var whole = (await Runs.ReadEventsAsync(run.OrgId, run.Id, 0, 100, Ct)).ShouldNotBeNull();
        var first = (await Runs.ReadEventsAsync(run.OrgId, run.Id, 0, 3, Ct)).ShouldNotBeNull();
        var rest = (await Runs.ReadEventsAsync(run.OrgId, run.Id, first[^1].Sequence, 100, Ct)).ShouldNotBeNull();

        first.Concat(rest).ShouldBe(whole);
        whole.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, 8).Select(i => (long)i));
        (await Runs.ReadEventsAsync(run.OrgId, run.Id, 8, 100, Ct)).ShouldBe([]);
    }

    /// <summary>Ten runs at three moments, as ids from oldest to newest.</summary>
    private async Task<List<Guid>> AdmitClustersAsync()
    {
        var runs = new List<Run>();
        foreach (var size in (int[])[4, 1, 5])
        {
            for (var i = 0; i < size; i++)
                runs.Add(await AdmitAsync());
            await AdmitAsync(Globex);
            Pass(1);
        }

        return [.. runs.OrderBy(r => r.CreatedAt).ThenBy(r => r.Id.ToString(), StringComparer.Ordinal).Select(r => r.Id)];
    }

    private static RunListQuery Query(string q)
    {
        RunListRequest.Read(new(q, "500", null, null, null, null), [], out var request).ShouldBeEmpty();
        return request!.Query;
    }

    private async Task<IEnumerable<Guid>> IdsAsync(RunListQuery query) => (await Runs.ListAsync(Acme.Id, query, Ct)).Items.Select(r => r.Id);

    private static RunCursor CursorOf(Run run) => new(run.CreatedAt, run.Id);
}
