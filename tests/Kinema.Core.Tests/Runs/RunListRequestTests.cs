using Kinema.Core.Catalog;
using Kinema.Core.Runs;

namespace Kinema.Core.Tests.Runs;

public sealed class RunListRequestTests
{
    private static readonly RunListParameters _nothing = new(null, null, null, null, null, null);

    [Fact]
    public void Without_parameters_the_newest_fifty_are_listed()
    {
        var query = Accept(_nothing).Query;

        query.ShouldBe(new RunListQuery { Limit = 50 });
    }

    [Theory]
    [InlineData("client_ref.EQ:'abc'", "abc", null, null)]
    [InlineData("client_ref.eq:'it''s'", "it's", null, null)]
    [InlineData("client_ref:'a b'", "a b", null, null)]
    [InlineData("client_ref='a AND b'", "a AND b", null, null)]
    [InlineData("client_ref:''", "", null, null)]
    [InlineData("status_code:succeeded", null, RunStatus.Succeeded, null)]
    [InlineData("status_code = 'canceled'", null, RunStatus.Canceled, null)]
    [InlineData("model.EQ:'alibaba/wan/v2.7/image-to-video'", null, null, "alibaba/wan/v2.7/image-to-video")]
    [InlineData("client_ref.EQ:'x' AND status_code:failed AND model:a/b", "x", RunStatus.Failed, "a/b")]
    public void A_filter_of_equalities_is_understood_in_every_spelling(string q, string? clientRef, RunStatus? status, string? model)
    {
        var query = Accept(_nothing with { Q = q }).Query;

        (query.ClientRef, query.Status, query.ModelSlug).ShouldBe((clientRef, status, model));
    }

    [Theory]
    [InlineData("created_at>2026-04-01", "is not understood at \"created_at>2026-04-01\"")]
    [InlineData("cost:1", "compares \"cost\"; understood are client_ref, status_code and model")]
    [InlineData("status_code:done", "unknown status_code \"done\"; known are queued, dispatching")]
    [InlineData("status_code:failed OR status_code:queued", "is not understood at \" OR status_code:queued\"")]
    [InlineData("NOT status_code:failed", "is not understood")]
    [InlineData("client_ref:a AND client_ref:b", "compares client_ref twice")]
    [InlineData("client_ref.EQ:'a", "is not understood")]
    [InlineData("client_ref.LIKE:'a'", "is not understood")]
    [InlineData("client_ref:a AND ", "is not understood")]
    [InlineData("client_ref", "is not understood")]
    public void Any_other_filter_is_refused_with_what_is_understood(string q, string reason) => Refuse(_nothing with { Q = q }, "q").Message.ShouldContain(reason);

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
    public void Another_order_is_refused() => Refuse(_nothing with { SortBy = "cost:asc" }, "sort_by").Message.ShouldContain("created_at:desc or created_at:asc");

    [Fact]
    public void An_unknown_field_of_a_projection_is_refused_with_the_nearest() =>
        Refuse(_nothing with { Fields = "id,stat_code" }, "fields").Message.ShouldBe("fields names \"stat_code\", which a run does not have; did you mean status_code?");

    [Fact]
    public void A_cursor_round_trips_in_both_directions()
    {
        var run = SampleRuns.Queued();

        var next = Accept(_nothing with { Pq = RunCursorCodec.After(run) }).Query;
        var previous = Accept(_nothing with { Pq = RunCursorCodec.Before(run) }).Query;

        (next.Cursor, next.Backwards).ShouldBe((new(run.CreatedAt, run.Id), false));
        (previous.Cursor, previous.Backwards).ShouldBe((new(run.CreatedAt, run.Id), true));
        Accept(_nothing with { Pq = RunCursorCodec.After(run), FromPrev = "true" }).Query.Backwards.ShouldBeTrue();
        Accept(_nothing with { Pq = RunCursorCodec.Start }).Query.Cursor.ShouldBeNull();
    }

    [Fact]
    public void A_cursor_is_safe_in_a_url() => RunCursorCodec.After(SampleRuns.Queued()).ShouldAllBe(c => char.IsAsciiLetterOrDigit(c) || c == '-' || c == '_');

    [Fact]
    public void A_foreign_cursor_is_refused()
    {
        var good = RunCursorCodec.After(SampleRuns.Queued());
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

    private static RunListRequest Accept(RunListParameters parameters)
    {
        RunListRequest.Read(parameters, SampleRuns.Presenter().FieldNames, out var request).ShouldBeEmpty();
        return request!;
    }

    private static FieldError Refuse(RunListParameters parameters, string parameter)
    {
        var error = RunListRequest.Read(parameters, SampleRuns.Presenter().FieldNames, out _).ShouldHaveSingleItem();
        error.Location.ShouldBe(["query", parameter]);
        return error;
    }
}
