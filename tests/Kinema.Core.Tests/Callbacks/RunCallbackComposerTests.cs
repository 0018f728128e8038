using System.Text;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;
using Kinema.Core.Tests.Runs;

namespace Kinema.Core.Tests.Callbacks;

public sealed class RunCallbackComposerTests
{
    private readonly RunCallbackComposer _composer = new(new RunOutputPresenter(new SampleRuns.PlainUrls()));

    [Fact]
    public void A_callback_has_exactly_the_eight_documented_fields() =>
        SampleRuns.Names(SampleRuns.Json(_composer.Compose(SampleRuns.Succeeded())))
            .ShouldBe(["event", "run_id", "status", "output", "duration_ms", "created_at", "completed_at", "metadata"]);

    [Fact]
    public void A_success_carries_the_output_and_the_metadata_as_it_came()
    {
        var text = Encoding.UTF8.GetString(_composer.Compose(SampleRuns.Succeeded()));
        var body = SampleRuns.Json(_composer.Compose(SampleRuns.Succeeded()));

        text.ShouldStartWith($$"""{"event":"run.completed","run_id":"{{SampleRuns.Id}}","status":"succeeded","output":{"outputs":[{"url":"https://""");
        text.ShouldEndWith("\"metadata\":" + SampleRuns.Queued().MetadataJson + "}");
        body.GetProperty("duration_ms").GetInt64().ShouldBe(91_234);
        body.GetProperty("created_at").GetString().ShouldBe("2026-05-06T10:00:00.000+00:00");
        body.GetProperty("completed_at").GetString().ShouldBe("2026-05-06T10:01:31.234+00:00");
    }

    [Fact]
    public void A_failure_has_no_output() =>
        Encoding.UTF8.GetString(_composer.Compose(SampleRuns.Failed() with { MetadataJson = null })).ShouldBe(
            $$"""{"event":"run.failed","run_id":"{{SampleRuns.Id}}","status":"failed","output":null,"duration_ms":2000,"created_at":"2026-05-06T10:00:00.000+00:00","completed_at":"2026-05-06T10:00:02.000+00:00","metadata":null}""");

    [Fact]
    public void A_cancellation_is_spelled_with_two_l()
    {
        var body = SampleRuns.Json(_composer.Compose(SampleRuns.Canceled()));

        body.GetProperty("event").GetString().ShouldBe("run.cancelled");
        body.GetProperty("status").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public void The_same_run_always_gives_the_same_bytes() => _composer.Compose(SampleRuns.Succeeded()).ShouldBe(_composer.Compose(SampleRuns.Succeeded()));

    [Fact]
    public void A_time_in_another_zone_is_written_in_utc() =>
        SampleRuns.Json(_composer.Compose(SampleRuns.Failed() with { CreatedAt = new(2026, 5, 6, 12, 0, 0, TimeSpan.FromHours(2)) }))
            .GetProperty("created_at").GetString().ShouldBe("2026-05-06T10:00:00.000+00:00");

    [Fact]
    public void A_run_that_has_not_ended_has_no_callback() => Should.Throw<ArgumentOutOfRangeException>(() => _composer.Compose(SampleRuns.Queued()));
}
