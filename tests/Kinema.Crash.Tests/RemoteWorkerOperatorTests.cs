using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kinema.TestSupport;

namespace Kinema.Crash.Tests;

/// <summary>What an operator does to workers in processes of their own while runs come in.</summary>
[Collection(Trial.OneAtATime)]
[Trait("Set", "long")]
public sealed partial class RemoteWorkerOperatorTests
{
    private const int Frame = 40;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_workers_the_drained_one_ends_what_it_has_and_the_other_takes_the_rest()
    {
        await using var remote = await RemoteTrial.BeginAsync(leaseSeconds: 30);
        await using var drained = remote.StartWorker(Frame);
        await using var other = remote.StartWorker(Frame);
        await WaitForEndedAsync(remote, 6);

        await ToolAsync("workers", "drain", Registration().Match(drained.Log).Groups[1].Value, "--data", remote.Trial.DataFolder);

        (await drained.HasEndedWithinAsync(_patience, Ct)).ShouldBeTrue(drained.Log);
        drained.ExitCode.ShouldBe(0, drained.Log);
        await WaitForEndedAsync(remote, (await remote.Trial.Books.RunsAsync()).Count(r => r.Ends > 0) + 6);
        await remote.Trial.Load.StopAsync();
        while (await remote.Trial.Books.UnfinishedAsync() > 0)
            await Task.Delay(100, Ct);
        await remote.ShouldAddUpAsync();
        (await remote.Trial.Books.RunsAsync()).ShouldAllBe(r => r.Succeeded && r.AttemptCount == 1);
    }

    [Fact]
    public async Task Workers_whose_key_was_revoked_end_and_others_make_their_runs()
    {
        await using var remote = await RemoteTrial.BeginAsync(leaseSeconds: 5);
        await using var shutOut = remote.StartWorker(Frame);
        await WaitForEndedAsync(remote, 4);

        var keys = JsonNode.Parse(await ToolAsync("keys", "list", "--json", "--data", remote.Trial.DataFolder))!;
        var key = keys["worker_keys"]!.AsArray().Single()!["id"]!.GetValue<string>();
        await ToolAsync("keys", "revoke", key, "--data", remote.Trial.DataFolder);

        (await shutOut.HasEndedWithinAsync(_patience, Ct)).ShouldBeTrue(shutOut.Log);
        shutOut.ExitCode.ShouldBe(1, shutOut.Log);
        shutOut.Log.ShouldContain("401 UNAUTHORIZED");
        await remote.ShouldAddUpAsync();
        (await remote.Trial.Books.RunsAsync()).ShouldAllBe(r => r.Succeeded);
    }

    private static async Task WaitForEndedAsync(RemoteTrial remote, int count)
    {
        var began = Stopwatch.GetTimestamp();
        while ((await remote.Trial.Books.RunsAsync()).Count(r => r.Ends > 0) < count)
        {
            (Stopwatch.GetElapsedTime(began) < _patience * 2).ShouldBeTrue(remote.Server.Log);
            await Task.Delay(100, Ct);
        }
    }

    /// <summary>Runs <c>kinema</c> beside the server, on its data folder.</summary>
    private static async Task<string> ToolAsync(params string[] arguments)
    {
        string[] command = ["exec", Repository.File("src", "Kinema.Cli", "bin", "Release", "net10.0", "kinema.dll"), .. arguments];
        using var process = Process.Start(new ProcessStartInfo("dotnet", command) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        process.ExitCode.ShouldBe(0, output);
        return output;
    }

    [GeneratedRegex("Registered as worker ([0-9a-f-]{36})")]
    private static partial Regex Registration();
}
