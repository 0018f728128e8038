using System.Text.Json.Nodes;
using Kinema.Core.Pricing;
using Kinema.Engines;

namespace Kinema.Hosted.Tests;

/// <summary>Submits whose answers were lost.</summary>
public sealed class LostAnswerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("lost")]
    [InlineData("malformed")]
    public async Task A_task_whose_submit_was_never_answered_is_found_and_never_submitted_again(string kind)
    {
        await using var rig = await HostedRig.StartAsync();
        await rig.Fake.FaultAsync(HostedRig.Submit, kind);

        await rig.VideoOfAsync(rig.Request());

        (await rig.Fake.RequestsAsync(HostedRig.Submit)).Count.ShouldBe(1);
        (await rig.Fake.TasksAsync()).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, "a cat", 5, "720P", true)]
    [InlineData(1, "a cat", 5, "720P", false)]
    [InlineData(0, "a dog", 5, "720P", false)]
    [InlineData(0, "a cat", 6, "720P", false)]
    [InlineData(0, "a cat", 5, "1080P", false)]
    public async Task In_doubt_no_task_is_taken_and_the_run_fails_when_its_time_is_over(int others, string prompt, int duration, string resolution, bool isFound)
    {
        await using var rig = await HostedRig.StartAsync(options => options.DashScope.ReconcileHours = 1.0 / 3600);

        // Nobody got the submit; the tasks of its time are of others, or seem its own.
        await rig.Fake.FaultAsync(HostedRig.Submit, "status", new() { ["status"] = 504, ["body"] = "<html>" });
        var run = rig.RunAsync(rig.Request());
        while ((await rig.Fake.RequestsAsync(HostedRig.Submit)).Count == 0)
            await Task.Delay(20, Ct);
        for (var n = 0; n <= others; n++)
            await rig.Fake.PostAsync("/_fake/tasks", new JsonObject { ["prompt"] = n == 0 ? prompt : "another", ["duration"] = duration, ["resolution"] = resolution });

        if (isFound)
        {
            (await run)[^1].ShouldBeOfType<EngineEvent.RemoteVideo>();
            return;
        }

        (await Should.ThrowAsync<EngineException>(run)).Code.ShouldBe("PROVIDER_TIMEOUT");
        (await rig.Fake.RequestsAsync(HostedRig.Submit)).Count.ShouldBe(1);
        (await rig.Tasks.ReadSpendAsync("acme", Ct)).InAll.ShouldBe(Money.Parse("0.50"), "what nobody knows counts with what it may have cost");
    }

    [Fact]
    public async Task Lost_answers_in_a_row_find_each_its_own_task_and_hold_up_the_next_only_for_a_while()
    {
        await using var rig = await HostedRig.StartAsync();
        await rig.Fake.FaultAsync(HostedRig.Submit, "lost", new() { ["times"] = 2 });
        var asked = (string[])["run-1", "run-2", "run-3"];

        // The same prompt, so that only time tells them apart.
        var videos = await Task.WhenAll(asked.Select(key => rig.VideoOfAsync(rig.Request() with { Key = key })));

        videos.Select(video => video.AbsolutePath).Distinct().Count().ShouldBe(3);
        (await rig.Fake.RequestsAsync(HostedRig.Submit)).Count.ShouldBe(3);
        (await rig.Fake.TasksAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_submit_that_was_under_way_when_the_process_died_is_looked_for()
    {
        await using var rig = await HostedRig.StartAsync(null);
        await rig.Tasks.ReserveAsync(new("run-1", LaneOf(rig), "acme", Money.Parse("0.50")), new(Money.Zero, Money.Zero), Ct);
        await rig.Fake.PostAsync("/_fake/tasks", new JsonObject { ["prompt"] = "a cat" });

        await rig.RestartAsync();
        await rig.VideoOfAsync(rig.Request());

        (await rig.Fake.RequestsAsync(HostedRig.Submit)).ShouldBeEmpty();
    }

    private static string LaneOf(HostedRig rig) =>
        $"dashscope/127.0.0.1/{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(HostedRig.Key)))[..16]}/wan2.7-i2v";
}
