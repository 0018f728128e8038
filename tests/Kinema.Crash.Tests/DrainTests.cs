namespace Kinema.Crash.Tests;

/// <summary>SIGTERM of the real process under load.</summary>
[Collection(Trial.OneAtATime)]
public sealed class DrainTests
{
    private static readonly TimeSpan _promised = TimeSpan.FromSeconds(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task Five_rolling_restarts_lose_nothing_fail_nothing_and_spend_no_attempt() => RestartAsync(5);

    [Fact]
    [Trait("Set", "long")]
    public Task Fifty_rolling_restarts_lose_nothing_fail_nothing_and_spend_no_attempt() => RestartAsync(50);

    [Fact]
    public async Task A_server_told_to_drain_finishes_the_runs_it_has_and_takes_no_more()
    {
        await using var trial = await Trial.BeginAsync();
        await using var host = await trial.StartAsync(frameMilliseconds: 60, settings: ["Worker:DrainSeconds=60"]);
        while (trial.Load.Noted.Count < 4 || !(await trial.Books.RunsAsync()).Any(run => run.Status is "dispatching" or "running"))
            await Task.Delay(50, Ct);

        trial.Load.Aim(null);
        await host.TerminateAsync(Ct);

        var runs = await trial.Books.RunsAsync();
        runs.Count(r => r.Succeeded).ShouldBeInRange(1, 3);
        runs.ShouldAllBe(r => r.HandedBack == 0);
        runs.Where(r => !r.Succeeded).ShouldAllBe(r => r.Status == "queued" && r.Attempts == 0);
    }

    private static async Task RestartAsync(int restarts)
    {
        await using var trial = await Trial.BeginAsync();
        var slowest = TimeSpan.Zero;
        for (var restart = 0; restart < restarts; restart++)
        {
            await using var host = await trial.StartAsync(frameMilliseconds: 40);
            await host.HasEndedWithinAsync(TimeSpan.FromSeconds(2), Ct);
            var took = await host.TerminateAsync(Ct);
            trial.Load.Aim(null);

            host.ExitCode.ShouldBe(0, host.Log);
            took.ShouldBeLessThan(_promised, host.Log);
            slowest = took > slowest ? took : slowest;
        }

        await trial.SettleAsync();
        await trial.ShouldAddUpAsync();

        var runs = await trial.Books.RunsAsync();
        Console.WriteLine(
            $"{restarts} restarts; {trial.Load.Noted.Count} answered 201, {runs.Count} stored, {runs.Count(r => r.Succeeded)} succeeded, "
            + $"{runs.Sum(r => r.HandedBack)} attempts handed back; slowest exit {slowest.TotalSeconds:0.0} s");
        runs.Count.ShouldBeGreaterThan(restarts);
        runs.ShouldAllBe(r => r.Succeeded && r.AttemptCount == 1);
        runs.Sum(r => r.HandedBack).ShouldBeGreaterThan(0);
    }
}
