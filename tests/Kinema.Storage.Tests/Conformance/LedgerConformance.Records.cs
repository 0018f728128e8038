using Kinema.Core.Pricing;
using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private IRunHistory History => Store.Get<IRunHistory>();

    [Fact]
    public async Task The_attempts_of_a_run_show_when_each_was_claimed_ran_and_ended()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        var first = Store.Clock.GetUtcNow();
        Pass(1);
        await Worker.FinishAsync(claimed.Attempt, new AttemptOutcome.Retry(_broken, TimeSpan.Zero), Ct);
        Pass(1);
        claimed = await ClaimAsync();
        Pass(1);
        await Worker.AppendAsync(claimed.Attempt, new() { Status = RunStatus.Running }, Ct);
        Pass(1);

        (await History.ReadAttemptsAsync(Globex.Id, run.Id, Ct)).ShouldBeNull();
        (await History.ReadAttemptsAsync(Acme.Id, run.Id, Ct)).ShouldBe(
        [
            new() { Fence = 1, Number = 1, ClaimedAt = first, EndedAt = first.AddSeconds(1), Outcome = "retry", Failure = _broken },
            new() { Fence = 2, Number = 2, ClaimedAt = first.AddSeconds(2), RunningAt = first.AddSeconds(3) },
        ]);

        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);
        var last = (await History.ReadAttemptsAsync(Acme.Id, run.Id, Ct))![1];
        (last.EndedAt, last.Outcome, last.Cost).ShouldBe((first.AddSeconds(4), "succeeded", Money.Parse("0.50")));
    }

    [Fact]
    public async Task Log_lines_are_read_without_other_events_in_pages()
    {
        var run = NewRun();
        await Runs.AdmitAsync(new(run, [RunEvents.Log("info", "a"), RunEvents.Progress("x", 1, 2), RunEvents.Log("info", "b")], []), NoLimits, Ct);

        (await History.ReadLogsAsync(Acme.Id, run.Id, 0, 10, Ct))!.Select(e => e.Sequence).ShouldBe([2, 4]);
        (await History.ReadLogsAsync(Acme.Id, run.Id, 2, 10, Ct))!.Select(e => e.Sequence).ShouldBe([4]);
        (await History.ReadLogsAsync(Acme.Id, run.Id, 0, 1, Ct))!.Select(e => e.Sequence).ShouldBe([2]);
        (await History.ReadLogsAsync(Globex.Id, run.Id, 0, 10, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Feedback_changes_what_was_sent_and_nothing_else()
    {
        var feedback = Store.Get<IRunFeedback>();
        var run = await AdmitAsync();
        await feedback.SetAsync(Acme.Id, run.Id, new() { SetsIsPositive = true, IsPositive = false, SetsReason = true, Reason = "too dark" }, Ct);

        var changed = (await feedback.SetAsync(Acme.Id, run.Id, new() { SetsIsPositive = true, IsPositive = true }, Ct)).ShouldNotBeNull();

        (changed.FeedbackIsPositive, changed.FeedbackReason).ShouldBe((true, "too dark"));
        (await ReadAsync(run)).ShouldBe(changed);
        (await feedback.SetAsync(Acme.Id, run.Id, new() { SetsIsPositive = true, SetsReason = true }, Ct))!.FeedbackIsPositive.ShouldBeNull();
        (await feedback.SetAsync(Globex.Id, run.Id, new(), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Statistics_count_runs_by_day_model_and_source_and_keep_erased_ones()
    {
        var day = Store.Clock.GetUtcNow();
        var done = await AdmitAsync();
        var claimed = await ClaimAsync();
        Pass(10);
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt, "0.30"), Ct);
        await AdmitAsync(NewRun() with { SourceCode = "cli" });
        await AdmitAsync(Globex);
        Pass(86_400);
        await AdmitAsync();
        await Store.Get<IRunErasure>().EraseAsync(Acme.Id, done.Id, Ct);

        var counts = await Store.Get<IRunStatistics>().ReadAsync(Acme.Id, day, day.AddDays(2), Ct);

        var date = DateOnly.FromDateTime(day.UtcDateTime);
        counts.ShouldBe(
        [
            new(date, done.ModelSlug, "api", 1, Money.Parse("0.30"), 1, TimeSpan.FromSeconds(10)),
            new(date, done.ModelSlug, "cli", 1, Money.Zero, 0, TimeSpan.Zero),
            new(date.AddDays(1), done.ModelSlug, "api", 1, Money.Zero, 0, TimeSpan.Zero),
        ]);
        (await Store.Get<IRunStatistics>().ReadAsync(Acme.Id, day.AddDays(1), day.AddDays(2), Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Only_the_latest_preview_is_kept_and_it_goes_when_the_run_ends()
    {
        var previews = Store.Get<IRunPreviews>();
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        (await previews.FindAsync(Acme.Id, run.Id, Ct)).ShouldBeNull();
        await Worker.AppendAsync(claimed.Attempt, new() { Preview = new("image/png", new byte[] { 1 }) }, Ct);
        await Worker.AppendAsync(claimed.Attempt, new() { Preview = new("image/jpeg", new byte[] { 2, 3 }) }, Ct);

        var latest = (await previews.FindAsync(Acme.Id, run.Id, Ct)).ShouldNotBeNull();
        latest.ContentType.ShouldBe("image/jpeg");
        latest.Content.ToArray().ShouldBe([2, 3]);
        (await previews.FindAsync(Globex.Id, run.Id, Ct)).ShouldBeNull();
        var events = (await Runs.ReadEventsAsync(Acme.Id, run.Id, 0, 10, Ct))!.Where(e => e.Type == "preview").ToList();
        events.Select(e => e.DataJson).ShouldContain($$"""{"url":"/v1/runs/{{run.Id}}/preview","content_type":"image/jpeg","size_bytes":2}""");
        events[^1].Sequence.ShouldBe(latest.Sequence);
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);
        (await previews.FindAsync(Acme.Id, run.Id, Ct)).ShouldBeNull();
    }
}
