using System.Diagnostics;
using Kinema.Crash.Host;

namespace Kinema.Crash.Tests;

/// <summary>SIGKILL of the real process under load. (A power failure is another matter: here the operating system lives on.)</summary>
[Collection(Trial.OneAtATime)]
public sealed class KillTests
{
    private const string AtRandom = "at random";
    private const int Killed = 128 + 9;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task Fifty_kills_lose_nothing_end_nothing_twice_and_charge_nothing_twice() => SurviveAsync(kills: 50, ofEachPoint: 5);

    [Fact]
    [Trait("Set", "long")]
    public Task Five_hundred_kills_lose_nothing_end_nothing_twice_and_charge_nothing_twice() => SurviveAsync(kills: 500, ofEachPoint: 50);

    private static async Task SurviveAsync(int kills, int ofEachPoint)
    {
        await using var trial = await Trial.BeginAsync();
        var random = new Random(kills);
        var counts = KillPoints.All.Append(AtRandom).ToDictionary(point => point, _ => 0);
        var began = Stopwatch.GetTimestamp();

        while (counts.Values.Sum() < kills || KillPoints.All.Any(point => counts[point] < ofEachPoint))
        {
            (counts.Values.Sum() < 2 * kills).ShouldBeTrue($"a point is not reached: {Show(counts)}");
            var wanting = KillPoints.All.Where(point => counts[point] < ofEachPoint).Append(AtRandom).ToList();
            var point = wanting[random.Next(wanting.Count)];
            counts[await KillOnceAsync(trial, point, random)]++;
        }

        var took = Stopwatch.GetElapsedTime(began);
        await trial.SettleAsync();
        await trial.ShouldAddUpAsync();

        var runs = await trial.Books.RunsAsync();
        var succeeded = runs.Count(r => r.Succeeded);
        Console.WriteLine(
            $"{counts.Values.Sum()} kills in {took.TotalSeconds:0} s ({Show(counts)}); {trial.Load.Noted.Count} answered 201, {runs.Count} stored, {succeeded} succeeded, "
            + $"{runs.Count - succeeded} failed ({string.Join(", ", runs.Where(r => !r.Succeeded).Select(r => r.FailureCode).Distinct())}), "
            + $"{runs.Sum(r => r.Attempts)} attempts, {trial.Receiver.Requests.Count} callbacks received; other answers: {trial.Load.Surprises.Count}");
        runs.Count.ShouldBeGreaterThan(kills);
        succeeded.ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(runs.Count * 0.8));
        trial.Load.Surprises.ShouldBeEmpty();
    }

    /// <returns>How the process was killed in the end: a point that does not come up in time gives way to a kill at random.</returns>
    private static async Task<string> KillOnceAsync(Trial trial, string point, Random random)
    {
        var named = point != AtRandom;
        await using var host = await trial.StartAsync(frameMilliseconds: 5, named ? point : null, crashCount: random.Next(1, 5));
        var patience = named ? TimeSpan.FromSeconds(10) : TimeSpan.FromMilliseconds(random.Next(1, 1500));
        var ended = await host.HasEndedWithinAsync(patience, Ct);
        if (!ended)
            host.Kill();

        await host.HasEndedWithinAsync(TimeSpan.FromSeconds(10), Ct);
        trial.Load.Aim(null);
        host.ExitCode.ShouldBe(Killed, host.Log);
        return ended ? point : AtRandom;
    }

    private static string Show(Dictionary<string, int> counts) => string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}"));
}
