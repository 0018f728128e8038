using Kinema.Core.Pricing;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Worker.Tests.Support;

namespace Kinema.Worker.Tests.Attempts;

public sealed class AttemptTests
{
    [Fact]
    public async Task A_finished_run_has_a_video_a_poster_and_its_last_frame_and_costs_what_was_delivered()
    {
        using var rig = new Rig();

        var succeeded = (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Succeeded>();

        succeeded.Cost.ShouldBe(Money.Parse("0.20"));
        succeeded.Output.Seed.ShouldBe(7);
        succeeded.Output.Artifacts.Select(a => a.Role).ShouldBe(["video", "poster", "last_frame"]);
        var video = succeeded.Output.Artifacts[0];
        (video.Width, video.Height, video.DurationSeconds, video.FramesPerSecond, video.FrameCount).ShouldBe((16, 16, 2.0, 10, 20));
        rig.Artifacts.Files.Keys.Order().ShouldBe(succeeded.Output.Artifacts.Select(a => a.Key).Order());
    }

    [Fact]
    public async Task Artifact_keys_hold_run_and_fence()
    {
        using var rig = new Rig();
        var claim = rig.Claim();

        var succeeded = (await rig.RunAsync(claim)).ShouldBeOfType<AttemptOutcome.Succeeded>();

        succeeded.Output.Artifacts[0].Key.ShouldBe($"{claim.Run.Id}/3/video.mp4");
    }

    [Fact]
    public async Task The_record_names_the_engine_whatever_the_engine_says()
    {
        using var rig = new Rig();

        var data = (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Succeeded>().Output.ModelData;

        ((string?)data["engine"]).ShouldBe("motion");
        ((string?)data["engine_version"]).ShouldBe("1.2.3");
        ((double?)data["zoom"]).ShouldBe(1.1);
        ((string?)data["inputs"]![0]!["sha256"]).ShouldBe(rig.Engine.Asked!.FirstFrame!.Digest);
    }

    [Fact]
    public async Task The_file_says_which_run_and_engine_made_it_and_that_a_machine_did()
    {
        using var rig = new Rig();
        var claim = rig.Claim();

        await rig.RunAsync(claim);

        rig.Encoder.Metadata["comment"].ShouldBe($"machine-generated; run {claim.Run.Id}; engine motion 1.2.3");
    }

    [Fact]
    public async Task The_poster_is_the_middle_frame()
    {
        using var rig = new Rig();

        await rig.RunAsync();

        rig.Encoder.Poster.ShouldAllBe(pixel => pixel == 10);
    }

    [Fact]
    public async Task Notes_and_checkpoints_are_in_the_history()
    {
        using var rig = new Rig();
        rig.Engine.Script = (_, _) => Talkative();

        await rig.RunAsync();

        rig.Ledger.Events.ShouldContain(RunEvents.Log("warning", "It is dark."));
        rig.Ledger.Appends.ShouldContain(a => a.Checkpoint == "half-way");

        static async IAsyncEnumerable<EngineEvent> Talkative()
        {
            yield return new EngineEvent.Log(EngineLogLevel.Warning, "It is dark.");
            yield return new EngineEvent.Checkpoint("half-way");
            await foreach (var happened in ScriptedEngine.AllFrames(ScriptedEngine.Format))
                yield return happened;
        }
    }

    [Fact]
    public async Task No_scratch_file_is_left_behind()
    {
        using var rig = new Rig();
        var claim = rig.Claim();

        await rig.RunAsync(claim);

        Directory.Exists(rig.Artifacts.ScratchOf(claim.Run.Id, 3)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_message_of_the_engine_reaches_the_caller_with_its_code()
    {
        using var rig = new Rig();
        rig.Engine.Script = (_, _) => throw new EngineException("The picture shows nothing.") { Code = "ENGINE_FAILED" };

        var failed = (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Failed>();

        failed.Failure.ShouldBe(new("ENGINE_FAILED", "The picture shows nothing.", "inference"));
    }

    [Fact]
    public async Task An_input_that_the_engine_cannot_decode_is_a_failure_of_preprocessing()
    {
        using var rig = new Rig();
        rig.Engine.Script = (_, _) => throw new EngineException("The picture is broken.") { Code = FailureCodes.InputMediaInvalid };

        (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Failed>().Failure.Stage.ShouldBe("preprocess");
    }

    [Theory]
    [InlineData(typeof(EncodingException), FailureCodes.EncodingFailed)]
    [InlineData(typeof(IOException), FailureCodes.StorageFailed)]
    [InlineData(typeof(InvalidCastException), FailureCodes.EngineFailed)]
    public async Task A_fault_that_is_ours_is_tried_again_and_keeps_its_details_to_the_log(Type fault, string code)
    {
        using var rig = new Rig();
        rig.Encoder.Problem = (Exception)Activator.CreateInstance(fault, "/secret/path")!;

        var retry = (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Retry>();

        retry.Failure.Code.ShouldBe(code);
        retry.Failure.Message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_video_that_cannot_be_stored_is_tried_again()
    {
        using var rig = new Rig();
        rig.Artifacts.Problem = new IOException("No space left on device");

        (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Retry>().Failure.Code.ShouldBe(FailureCodes.StorageFailed);
    }

    [Fact]
    public async Task An_engine_that_refuses_after_the_fetch_names_the_field()
    {
        using var rig = new Rig();
        rig.Engine.Support = new(MediaRole.FirstFrame, "too small for this engine");

        var failed = (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Failed>();

        failed.Failure.ShouldBe(new(FailureCodes.InputMediaInvalid, "input.image_url: too small for this engine", "preprocess"));
    }

    [Fact]
    public async Task A_store_that_is_away_for_a_moment_still_gets_the_outcome()
    {
        using var rig = new Rig();
        rig.Ledger.BrokenFinishes = 2;

        (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Succeeded>();
    }
}
