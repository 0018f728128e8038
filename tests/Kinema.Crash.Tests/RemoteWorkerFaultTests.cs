namespace Kinema.Crash.Tests;

/// <summary>Faults between a server and workers in processes of their own.</summary>
[Collection(Trial.OneAtATime)]
public sealed class RemoteWorkerFaultTests
{
    /// <summary>The engine makes 20 frames of a run: six seconds.</summary>
    private const int SlowFrame = 300;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_server_that_is_back_within_the_lease_costs_nothing() => KillServerAsync(leaseSeconds: 20, away: TimeSpan.FromSeconds(2));

    [Fact]
    public Task A_worker_that_stood_still_beyond_its_lease_can_finish_nothing() => StandStillAsync(leaseSeconds: 3);

    [Fact]
    public async Task A_worker_in_another_network_needs_neither_database_nor_data_folder()
    {
        await using var network = await NetworkNamespace.TryCreateAsync(Ct);
        Assert.SkipWhen(network is null, "ip netns needs rights that this process does not have");
        await using var remote = await RemoteTrial.BeginAsync(leaseSeconds: 10, network.Here);
        await using var worker = remote.StartWorker(frameMilliseconds: 20, network.Enter(remote.Trial.DataFolder));
        var run = await remote.WaitForRunningAsync(worker);

        var ended = await remote.WaitForEndAsync(run.Id, worker);

        ended.ShouldSatisfyAllConditions(r => r.Succeeded.ShouldBeTrue(r.ToString()), r => r.Attempts.ShouldBe(1), r => r.Charges.ShouldBe(1));
        (await worker.TerminateAsync(Ct)).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public Task Twenty_runs_end_once_while_a_worker_is_killed_every_few_seconds() => KillAgainAndAgainAsync(20);

    [Fact]
    [Trait("Set", "long")]
    public Task Two_hundred_runs_end_once_while_a_worker_is_killed_every_few_seconds() => KillAgainAndAgainAsync(200);

    [Fact]
    [Trait("Set", "long")]
    public Task With_the_default_lease_a_killed_worker_costs_one_attempt() => KillWorkerAsync(leaseSeconds: 30);

    [Fact]
    [Trait("Set", "long")]
    public Task With_the_default_lease_a_server_that_is_back_after_ten_seconds_costs_nothing() => KillServerAsync(leaseSeconds: 30, TimeSpan.FromSeconds(10));

    [Fact]
    [Trait("Set", "long")]
    public Task With_the_default_lease_a_worker_that_stood_still_beyond_it_can_finish_nothing() => StandStillAsync(leaseSeconds: 30);

    [Fact]
    [Trait("Set", "long")]
    public Task With_the_default_lease_a_cut_of_twenty_seconds_costs_nothing() => CutAsync(leaseSeconds: 30, TimeSpan.FromSeconds(20), attempts: 1);

    [Fact]
    [Trait("Set", "long")]
    public Task With_the_default_lease_a_cut_of_two_minutes_costs_one_attempt() => CutAsync(leaseSeconds: 30, TimeSpan.FromMinutes(2), attempts: 2);

    private static async Task StandStillAsync(int leaseSeconds)
    {
        await using var remote = await RemoteTrial.BeginAsync(leaseSeconds);
        await using var zombie = remote.StartWorker(SlowFrame);
        var run = await remote.WaitForRunningAsync(zombie);

        await zombie.SignalAsync("STOP", Ct);
        await using var heir = remote.StartWorker(frameMilliseconds: 10);
        (await remote.WaitForEndAsync(run.Id, zombie, heir)).Attempts.ShouldBe(2);
        await zombie.SignalAsync("CONT", Ct);

        // Both go on with what waits, so that the old attempt has every chance to end.
        while (await remote.Trial.Books.UnfinishedAsync() > 0)
            await Task.Delay(100, Ct);
        (await remote.FindAsync(run.Id)).ShouldSatisfyAllConditions(r => r.Attempts.ShouldBe(2), r => r.Charges.ShouldBe(1), r => r.Ends.ShouldBe(1));
        (await remote.Trial.Books.ArtifactKeysAsync()).Where(key => key.StartsWith(run.Id, StringComparison.Ordinal)).ShouldAllBe(key => key.StartsWith($"{run.Id}/2/", StringComparison.Ordinal));
    }

    private static async Task KillWorkerAsync(int leaseSeconds)
    {
        await using var remote = await RemoteTrial.BeginAsync(leaseSeconds);
        await using var first = remote.StartWorker(SlowFrame);
        var run = await remote.WaitForRunningAsync(first);

        first.Kill();
        await using var second = remote.StartWorker(frameMilliseconds: 10);
        await remote.WaitForEndAsync(run.Id, second);

        await remote.ShouldAddUpAsync();
        (await remote.FindAsync(run.Id)).ShouldSatisfyAllConditions(r => r.Succeeded.ShouldBeTrue(), r => r.Attempts.ShouldBe(2), r => r.Charges.ShouldBe(1));
    }

    private static async Task KillServerAsync(int leaseSeconds, TimeSpan away)
    {
        await using var remote = await RemoteTrial.BeginAsync(leaseSeconds);
        await using var worker = remote.StartWorker(SlowFrame);
        var run = await remote.WaitForRunningAsync(worker);

        await remote.KillServerAsync();
        await Task.Delay(away, Ct);
        await remote.StartServerAsync();
        var ended = await remote.WaitForEndAsync(run.Id, worker);

        ended.ShouldSatisfyAllConditions(r => r.Succeeded.ShouldBeTrue(r.ToString()), r => r.Attempts.ShouldBe(1), r => r.Charges.ShouldBe(1));
    }

    private static async Task CutAsync(int leaseSeconds, TimeSpan time, int attempts)
    {
        await using var remote = await RemoteTrial.BeginAsync(leaseSeconds);
        await using var worker = remote.StartWorker(SlowFrame);
        var run = await remote.WaitForRunningAsync(worker);

        remote.Network.Cut();
        await Task.Delay(time, Ct);
        remote.Network.Mend();
        var ended = await remote.WaitForEndAsync(run.Id, worker);

        ended.ShouldSatisfyAllConditions(r => r.Succeeded.ShouldBeTrue(r.ToString()), r => r.Attempts.ShouldBe(attempts), r => r.Charges.ShouldBe(1));
    }

    private static async Task KillAgainAndAgainAsync(int runs)
    {
        await using var remote = await RemoteTrial.BeginAsync(leaseSeconds: 3);
        var random = new Random(runs);
        await using var first = remote.StartWorker(frameMilliseconds: 80);
        await using var second = remote.StartWorker(frameMilliseconds: 80);
        var kills = 0;
        while (remote.Trial.Load.Noted.Count < runs || await remote.Trial.Books.UnfinishedAsync() > 0)
        {
            if (remote.Trial.Load.Noted.Count >= runs)
                await remote.Trial.Load.StopAsync();
            await using var doomed = remote.StartWorker(frameMilliseconds: 80);
            await doomed.HasEndedWithinAsync(TimeSpan.FromSeconds(3 + (random.NextDouble() * 3)), Ct);
            doomed.Kill();
            kills++;
        }

        await remote.ShouldAddUpAsync();
        var made = await remote.Trial.Books.RunsAsync();
        Console.WriteLine($"{kills} workers killed; {made.Count} runs, {made.Count(r => r.Succeeded)} succeeded, {made.Sum(r => r.Attempts)} attempts");
        made.Count(r => r.Succeeded).ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(made.Count * 0.9));
        made.Count(r => r.Attempts > 1).ShouldBeGreaterThan(0);
    }
}
