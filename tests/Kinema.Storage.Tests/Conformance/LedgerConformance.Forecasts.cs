using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private const string Size = "720p 5s";

    [Fact]
    public async Task The_queue_position_counts_what_is_claimed_before_when_organisations_take_turns()
    {
        var runs = new List<Run>();
        foreach (var org in (Core.Keys.Organization[])[Acme, Acme, Acme, Globex, Globex])
            runs.Add(await AdmitAsync(NewRun(org)));
        await AdmitAsync(NewRun(engine: "other"));

        var positions = new Dictionary<Guid, int>();
        foreach (var run in runs)
            positions[run.Id] = (await ForecastAsync(run)).QueuePosition.ShouldNotBeNull();

        positions.Values.Order().ShouldBe([1, 2, 3, 4, 5]);
        for (var place = 1; place <= runs.Count; place++)
            positions[(await ClaimAsync()).Run.Id].ShouldBe(place);
        (await ForecastAsync(runs[0])).QueuePosition.ShouldBeNull();
    }

    [Fact]
    public async Task Beyond_its_bound_the_position_is_not_counted()
    {
        for (var i = 0; i < RunForecast.MaxPosition; i++)
            await AdmitAsync();
        Pass(1);
        var last = await AdmitAsync();

        (await ForecastAsync(last)).QueuePosition.ShouldBeNull();
        await ClaimAsync();
        (await ForecastAsync(last)).QueuePosition.ShouldBe(RunForecast.MaxPosition);
    }

    [Fact]
    public async Task The_end_is_estimated_from_the_median_of_runs_of_the_same_kind_and_only_when_there_are_enough()
    {
        await Worker.RegisterAsync(new(WorkerId, InstanceId, "w", 2, [Descriptor(Engine, "1")]), Ct);
        foreach (var seconds in (int[])[10, 20, 30, 1000])
            await MeasureAsync(seconds, Size);
        await MeasureAsync(5, "1080p 5s");
        var early = await AdmitAsync(Sized());
        (await ForecastAsync(early)).CompletionAt.ShouldBeNull();
        await Runs.CancelAsync(Acme.Id, early.Id, null, Ct);
        await MeasureAsync(40, Size);

        var now = Store.Clock.GetUtcNow();
        var first = await AdmitAsync(Sized());
        var second = await AdmitAsync(Sized() with { CreatedAt = now.AddMilliseconds(1) });
        var third = await AdmitAsync(Sized() with { CreatedAt = now.AddMilliseconds(2) });
        (await ForecastAsync(first)).CompletionAt.ShouldBe(now.AddSeconds(30));
        (await ForecastAsync(second)).CompletionAt.ShouldBe(now.AddSeconds(30)); // the worker takes two at once
        (await ForecastAsync(third)).CompletionAt.ShouldBe(now.AddSeconds(60));
        await ClaimAsync();
        Pass(10);
        (await ForecastAsync(first)).CompletionAt.ShouldBe(now.AddSeconds(30));
        Pass(21);
        (await ForecastAsync(first)).CompletionAt.ShouldBeNull(); // longer than it was ever measured
    }

    [Fact]
    public async Task Of_each_kind_only_the_latest_times_are_kept()
    {
        for (var i = 0; i < RunForecast.MaxSamples + 5; i++)
            await MeasureAsync(i, Size);

        (await Store.QueryAsync("SELECT count(*), min(milliseconds) FROM run_times")).ShouldBe([$"{RunForecast.MaxSamples}|5000"]);
    }

    private async Task<RunForecast> ForecastAsync(Run run) => await Store.Get<IRunForecasts>().ReadAsync(await ReadAsync(run), Ct);

    private Run Sized(string size = Size) => NewRun() with { WorkSize = size };

    private async Task MeasureAsync(int seconds, string size)
    {
        await AdmitAsync(Sized(size));
        var claimed = await ClaimAsync();
        var success = Success(claimed.Attempt);
        await Worker.FinishAsync(claimed.Attempt, success with { Output = success.Output with { Timing = new(500, 0, 0, 0, 0, 500 + (seconds * 1000)) } }, Ct);
    }
}
