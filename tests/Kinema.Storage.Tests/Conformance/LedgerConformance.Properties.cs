using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    /// <summary>The statuses that may follow each one; none follows an end.</summary>
    private static readonly Dictionary<string, string[]> _steps = new()
    {
        ["queued"] = ["dispatching", "failed", "canceled"],
        ["dispatching"] = ["running", "queued", "succeeded", "failed", "canceled"],
        ["running"] = ["queued", "succeeded", "failed", "canceled"],
        ["succeeded"] = [],
        ["failed"] = [],
        ["canceled"] = [],
    };

    /// <summary>Larger for a store whose transactions take longer.</summary>
    protected virtual int SequencesDivisor => 1;

    [Theory]
    [InlineData(1, 2_000)]
    public Task Random_operations_end_every_run_once_and_keep_the_ledger_balanced(int seed, int sequences) => PlayAsync(seed, sequences);

    [Theory]
    [Trait("Set", "long")]
    [InlineData(2, 20_000)]
    public Task Many_more_random_operations_keep_the_ledger_balanced(int seed, int sequences) => PlayAsync(seed, sequences);

    /// <summary>Random histories of single runs: claims, beats, retries, losses, cancellations and zombies, each driven on until the run is over.</summary>
    private async Task PlayAsync(int seed, int sequences)
    {
        var random = new Random(seed);
        for (var i = 0; i < sequences / SequencesDivisor; i++)
        {
            var run = await AdmitAsync(callbackUrl: random.Next(4) == 0 ? null : "https://example.com/hook");
            var attempts = new List<AttemptRef>();
            for (var step = 0; step < 200 && !(await ReadAsync(run)).Status.IsTerminal(); step++)
                await StepAsync(run, attempts, random);

            await ShouldHaveEndedOnceAsync(run, $"seed {seed}, sequence {i}");
        }

        (await Store.QueryAsync(
            """
            SELECT count(*) FROM runs r
            WHERE (SELECT coalesce(sum(amount), 0) FROM ledger l WHERE l.run_id = r.id) <> r.cost
               OR (SELECT count(*) FROM outbox o WHERE o.run_id = r.id) <> CASE WHEN r.callback_url IS NULL THEN 0 ELSE 1 END
            """)).ShouldBe(["0"]);
    }

    private async Task StepAsync(Run run, List<AttemptRef> attempts, Random random)
    {
        switch (random.Next(9))
        {
            case 0 or 1 or 2:
                if (await TryClaimAsync() is { } claimed)
                    attempts.Add(claimed.Attempt);
                break;
            case 3:
                Pass(random.Next(40));
                await Maintenance.ReapExpiredLeasesAsync(Ct);
                break;
            case 4 when random.Next(3) == 0:
                await Runs.CancelAsync(run.OrgId, run.Id, null, Ct);
                break;
            case 5 when random.Next(20) == 0:
                Pass(Store.Policy.TotalDeadlineSeconds);
                await Maintenance.ExpireOverdueAsync(Ct);
                break;
            default:
                // Any earlier attempt may write: mostly the one that holds the lease, sometimes one with an outdated fence.
                if (attempts.Count > 0)
                    await ActAsync(attempts[random.Next(4) == 0 ? random.Next(attempts.Count) : attempts.Count - 1], random);
                break;
        }
    }

    private async Task ActAsync(AttemptRef attempt, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                await Worker.HeartbeatAsync(attempt, Ct);
                break;
            case 1 or 2:
                await Worker.AppendAsync(attempt, new() { Status = RunStatus.Running, Events = [RunEvents.Progress("inference", 1, 2)] }, Ct);
                break;
            case 3:
                await Worker.FinishAsync(attempt, Success(attempt, cost: $"0.{random.Next(70):00}"), Ct);
                break;
            case 4:
                await Worker.FinishAsync(attempt, new AttemptOutcome.Retry(_broken, TimeSpan.Zero), Ct);
                break;
            case 5:
                await Worker.FinishAsync(attempt, new AttemptOutcome.HandedBack(), Ct);
                break;
            case 6 when random.Next(3) == 0:
                await Worker.FinishAsync(attempt, new AttemptOutcome.Failed(_broken), Ct);
                break;
            case 7 when random.Next(3) == 0:
                await Worker.FinishAsync(attempt, new AttemptOutcome.Canceled(), Ct);
                break;
        }
    }

    private async Task ShouldHaveEndedOnceAsync(Run run, string history)
    {
        var ended = await ReadAsync(run);
        ended.Status.IsTerminal().ShouldBeTrue(history);
        var lines = await LedgerAsync(run);
        string[] expected = ended.Status == RunStatus.Succeeded
            ? ["hold 500000", "release -500000", $"charge {ended.Cost!.Value.Micros}"]
            : ["hold 500000", "release -500000"];
        lines.ShouldBe(expected, history);
        ended.Cost!.Value.Micros.ShouldBeInRange(0, ended.Status == RunStatus.Succeeded ? run.Held.Micros : 0, history);

        var statuses = await StatusesAsync(run);
        statuses[0].ShouldBe("queued", history);
        statuses.Zip(statuses.Skip(1)).ShouldAllBe(step => _steps[step.First].Contains(step.Second), history);
        statuses[^1].ShouldBe(ended.Status.ToCode(), history);
        statuses.Count(s => s is "succeeded" or "failed" or "canceled").ShouldBe(1, history);
        ended.Output?.Artifacts.Single().Key.ShouldStartWith(run.Id.ToString(), customMessage: history);
    }
}
