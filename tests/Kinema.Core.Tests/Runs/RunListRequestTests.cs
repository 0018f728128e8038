using Kinema.Core.Catalog;
using Kinema.Core.Lists;
using Kinema.Core.Runs;

namespace Kinema.Core.Tests.Runs;

public sealed class RunListRequestTests
{
    private static readonly ListParameters _nothing = new(null, null, null, null, null, null);

    [Fact]
    public void Without_parameters_the_newest_fifty_are_listed()
    {
        var query = Accept(_nothing).Query;

        query.ShouldBe(new RunListQuery { Limit = 50 });
    }

    [Theory]
    [InlineData("client_ref.EQ:'abc'", true)]
    [InlineData("status_code:succeeded AND created_at>2026-04-01", true)]
    [InlineData("created_at>2026-04-01 AND created_at<=2026-05-01", true)]
    [InlineData("status_code:succeeded AND engine:motion", false)]
    [InlineData("status_code:succeeded OR status_code:failed", false)]
    [InlineData("status_code!=succeeded", false)]
    [InlineData("client_ref:null", false)]
    [InlineData("cost>1", false)]
    public void An_equality_and_a_range_of_times_are_served_by_an_index(string q, bool isIndexed) => Accept(_nothing with { Q = q }).Query.IsIndexed.ShouldBe(isIndexed);

    [Fact]
    public void An_unknown_field_of_a_filter_is_refused() => Refuse(_nothing with { Q = "colour:red" }, "q").Message.ShouldContain("which cannot be filtered by");

    [Theory]
    [InlineData("1", 1)]
    [InlineData("500", 500)]
    public void A_limit_within_its_range_is_taken(string text, int limit) => Accept(_nothing with { Limit = text }).Query.Limit.ShouldBe(limit);

    [Theory]
    [InlineData("0")]
    [InlineData("501")]
    [InlineData("-1")]
    [InlineData("ten")]
    [InlineData("99999999999999999999")]
    public void A_limit_outside_its_range_is_refused(string text) =>
        Refuse(_nothing with { Limit = text }, "limit").Message.ShouldBe($"limit must be an integer from 1 to 500; got \"{text}\"");

    [Fact]
    public void The_oldest_come_first_when_asked() => Accept(_nothing with { SortBy = "created_at:asc" }).Query.OldestFirst.ShouldBeTrue();

    [Fact]
    public void Several_keys_sort_each_in_its_direction() =>
        SortKey.Describe(Accept(_nothing with { SortBy = "status_code,cost:desc, -duration_ms" }).Query.Sort).ShouldBe("status_code:asc,cost:desc,duration_ms:desc");

    [Theory]
    [InlineData("colour", "names \"colour\"; allowed are status_code, model, engine")]
    [InlineData("input:asc", "names \"input\"")]
    [InlineData("cost:down", "has the direction \"down\" for cost; allowed are asc and desc")]
    [InlineData("cost,cost:desc", "names cost twice")]
    [InlineData("status_code,model,engine,client_ref,created_at,cost", "must have at most 5 keys; got 6")]
    public void Another_order_is_refused(string sort, string expected) => Refuse(_nothing with { SortBy = sort }, "sort_by").Message.ShouldContain(expected);

    [Fact]
    public void A_cursor_of_another_order_is_refused()
    {
        var place = new SortedRunCursor(DateTimeOffset.UnixEpoch, [5L], Guid.CreateVersion7());
        var cursor = SortedRunCursorCodec.Encode(place, backwards: true, "cost:asc");

        var query = Accept(_nothing with { SortBy = "cost", Pq = cursor }).Query;

        query.Backwards.ShouldBeTrue();
        query.SortedCursor!.Values.ShouldBe([5L]);
        Refuse(_nothing with { SortBy = "cost:desc", Pq = cursor }, "pq").Message.ShouldContain("of the same sort_by");
        Refuse(_nothing with { SortBy = "attempts", Pq = cursor }, "pq");
        Refuse(_nothing with { Pq = cursor }, "pq");
        Refuse(_nothing with { SortBy = "cost", Pq = RunCursorCodec.After(Place(SampleRuns.Queued())) }, "pq");
        foreach (var garbage in new[] { cursor[1..], cursor[..^4], "e30", "W10", "bnVsbA", new string('A', 20_000) })
            Refuse(_nothing with { SortBy = "cost", Pq = garbage }, "pq");
    }

    [Fact]
    public void An_unknown_field_of_a_projection_is_refused_with_the_nearest() =>
        Refuse(_nothing with { Fields = "id,stat_code" }, "fields").Message.ShouldBe("fields names \"stat_code\", which a run does not have; did you mean status_code?");

    [Fact]
    public void A_cursor_round_trips_in_both_directions()
    {
        var run = SampleRuns.Queued();

        var next = Accept(_nothing with { Pq = RunCursorCodec.After(Place(run)) }).Query;
        var previous = Accept(_nothing with { Pq = RunCursorCodec.Before(Place(run)) }).Query;

        (next.Cursor, next.Backwards).ShouldBe((new(run.CreatedAt, run.Id), false));
        (previous.Cursor, previous.Backwards).ShouldBe((new(run.CreatedAt, run.Id), true));
        Accept(_nothing with { Pq = RunCursorCodec.After(Place(run)), FromPrev = "true" }).Query.Backwards.ShouldBeTrue();
        Accept(_nothing with { Pq = RunCursorCodec.Start }).Query.Cursor.ShouldBeNull();
    }

    [Fact]
    public void A_cursor_is_safe_in_a_url() => RunCursorCodec.After(Place(SampleRuns.Queued())).ShouldAllBe(c => char.IsAsciiLetterOrDigit(c) || c == '-' || c == '_');

    [Fact]
    public void A_foreign_cursor_is_refused()
    {
        var good = RunCursorCodec.After(Place(SampleRuns.Queued()));
        foreach (var garbage in new[] { "x", "%%%", "019ed0c2", good[1..], good + "A", "zz" + good[2..], new string('A', 10_000), "__________________________________8" })
            Refuse(_nothing with { Pq = garbage }, "pq").Message.ShouldContain("must be a cursor from an earlier page");
    }

    [Fact]
    public void Pages_link_to_the_next_and_the_previous_page()
    {
        var run = SampleRuns.Queued();
        var presenter = new RunPagePresenter(SampleRuns.Presenter());
        var first = SampleRuns.Json(presenter.Present(new([run], HasMore: true), Accept(_nothing)));
        var last = SampleRuns.Json(presenter.Present(new([run], HasMore: false), Accept(_nothing with { Pq = first.GetProperty("next").GetString() })));
        var back = SampleRuns.Json(presenter.Present(new([run], HasMore: false), Accept(_nothing with { Pq = last.GetProperty("previous").GetString() })));

        first.GetProperty("previous").GetString().ShouldBeNull();
        first.GetProperty("next_pq").GetString().ShouldBe(first.GetProperty("next").GetString());
        last.GetProperty("next").GetString().ShouldBeNull();
        back.GetProperty("next").GetString().ShouldNotBeNull();
        back.GetProperty("previous").GetString().ShouldBeNull();
    }

    [Fact]
    public void A_page_that_ended_its_examination_goes_on_from_there_and_says_so()
    {
        var run = SampleRuns.Queued();
        var presenter = new RunPagePresenter(SampleRuns.Presenter());

        var page = SampleRuns.Json(presenter.Present(new([], HasMore: false) { Examined = Place(run) }, Accept(_nothing with { Q = "cost>1" })));

        Accept(_nothing with { Pq = page.GetProperty("next").GetString() }).Query.Cursor.ShouldBe(Place(run));
        page.GetProperty("warnings")[0].GetString()!.ShouldContain("No index serves this q");
    }

    private static RunCursor Place(Run run) => new(run.CreatedAt, run.Id);

    private static RunListRequest Accept(ListParameters parameters)
    {
        RunListRequest.Read(parameters, SampleRuns.Presenter().FieldNames, out var request).ShouldBeEmpty();
        return request!;
    }

    private static FieldError Refuse(ListParameters parameters, string parameter)
    {
        var error = RunListRequest.Read(parameters, SampleRuns.Presenter().FieldNames, out _).ShouldHaveSingleItem();
        error.Location.ShouldBe(["query", parameter]);
        return error;
    }
}
