using System.Diagnostics;
using Kinema.Engines;
using Kinema.Wan.Engine;

namespace Kinema.Wan.Worker.Tests.Engine;

public sealed class WanEngineTests
{
    private static readonly string[] _unknownLoras = ["steam"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task It_tells_its_phases_and_previews_then_starts_and_gives_every_frame(string name)
    {
        await using var run = new EngineRun(name);

        var events = await run.RunAsync(run.Request());

        var stages = events.OfType<EngineEvent.Progress>().ToList();
        stages.Select(progress => progress.Stage).Distinct().ShouldBe(["loading", "encoding_text", "encoding_image", "denoising", "decoding"]);
        stages.Where(progress => progress.Stage == "denoising").Select(progress => (progress.Done, progress.Total)).ShouldBe([(0, 3), (1, 3), (2, 3), (3, 3)]);
        events.OfType<EngineEvent.Preview>().ShouldAllBe(preview => preview.Bytes.Length > 100 && preview.Bytes.Length <= 256 * 1024 && preview.ContentType == "image/jpeg");
        events.OfType<EngineEvent.Preview>().ShouldNotBeEmpty();

        var started = events.OfType<EngineEvent.Started>().ShouldHaveSingleItem();
        var frames = events.OfType<EngineEvent.Frame>().ToList();
        events.IndexOf(started).ShouldBeLessThan(events.IndexOf(frames[0]));
        frames.Select(frame => frame.Index).ShouldBe([0, 1, 2, 3, 4]);
        frames.ShouldAllBe(frame => frame.Pixels.Length == started.Format.FrameBytes);
        started.Format.FrameCount.ShouldBe(5);
    }

    [Theory]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Its_record_has_the_receipt_without_prompt_or_folders_and_makes_the_same_settings_again(string name)
    {
        await using var run = new EngineRun(name);
        var request = run.Request(("flow_shift", 4.0), ("guidance_scale", 2.5), ("scheduler", "euler"));

        var record = (await run.RunAsync(request)).OfType<EngineEvent.Started>().Single().ModelData;

        foreach (var key in (string[])["engine", "engine_version", "checkpoint_digest", "checkpoint_files", "loras", "noise_generator", "precision", "device", "runtime"])
            record.ContainsKey(key).ShouldBeTrue(key);
        record.ToJsonString().ShouldNotContain("the cat walks");
        record.ToJsonString().ShouldNotContain(Path.GetTempPath());
        var settings = WanReceipt.Read(record, "the cat walks");
        (settings.Scheduler, settings.NumInferenceSteps, settings.FlowShift, settings.GuidanceScale, settings.Seed, settings.NegativePrompt, settings.Prompt)
            .ShouldBe((WanScheduler.FlowMatchEuler, 3, 4.0, 2.5, 7, "blurred", "the cat walks"));
        settings.Runtime.LibTorchVersion.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task The_second_video_loads_nothing_and_the_same_seed_gives_the_same_frames()
    {
        await using var run = new EngineRun(TinyCheckpoint.Any);

        var (one, two) = (await run.RunAsync(run.Request()), await run.RunAsync(run.Request()));

        one.OfType<EngineEvent.Started>().Single().ModelData["model_was_loaded"]!.GetValue<bool>().ShouldBeTrue();
        two.OfType<EngineEvent.Started>().Single().ModelData["model_was_loaded"]!.GetValue<bool>().ShouldBeFalse();
        two.OfType<EngineEvent.Progress>().ShouldNotContain(progress => progress.Stage == "loading");
        foreach (var (a, b) in one.OfType<EngineEvent.Frame>().Zip(two.OfType<EngineEvent.Frame>()))
            a.Pixels.Span.SequenceEqual(b.Pixels.Span).ShouldBeTrue();
    }

    [Fact]
    public async Task Step_caching_leaves_its_measured_error_in_the_record()
    {
        await using var run = new EngineRun(TinyCheckpoint.Any, options => options with { StepCache = new() { Threshold = 1, RetentionRatio = 0 } });

        var record = (await run.RunAsync(run.Request(("num_inference_steps", 12)))).OfType<EngineEvent.Started>().Single().ModelData;

        record["step_cache"]!["skipped_steps"]!.AsArray().Count.ShouldBeGreaterThan(0);
        record["step_cache"]!["measured_error"]!.GetValue<double>().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Cancelling_inside_a_step_ends_the_video_at_once_and_the_next_one_runs()
    {
        await using var run = new EngineRun(TinyCheckpoint.Any);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var request = run.Request(("num_inference_steps", 1000));
        var canceledAt = 0L;

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var made in run.Engine.GenerateAsync(request, cancel.Token))
            {
                if (made is EngineEvent.Progress { Stage: "denoising", Done: 2 })
                {
                    canceledAt = Stopwatch.GetTimestamp();
                    await cancel.CancelAsync();
                }
            }
        });

        Stopwatch.GetElapsedTime(canceledAt).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        (await run.RunAsync(run.Request())).OfType<EngineEvent.Frame>().Count().ShouldBe(5);
    }

    [Fact]
    public async Task A_setting_out_of_range_is_refused_for_good_and_by_name()
    {
        await using var run = new EngineRun(TinyCheckpoint.Any);

        (await RefusalAsync(("num_inference_steps", 0))).ShouldContain("NumInferenceSteps must be from 1 to 1000; got 0");
        (await RefusalAsync(("num_inference_steps", "many"))).ShouldBe("num_inference_steps must be a whole number; got \"many\".");
        (await RefusalAsync(("scheduler", "ddim"))).ShouldBe("scheduler must be one of unipc, euler, distilled; got \"ddim\".");

        async Task<string> RefusalAsync((string, object) setting) => (await Should.ThrowAsync<EngineException>(() => run.RunAsync(run.Request(setting)))).Message;
    }

    [Fact]
    public async Task A_lora_that_the_operator_does_not_offer_is_refused()
    {
        await using var run = new EngineRun(TinyCheckpoint.Any);
        var request = run.Request(("loras", _unknownLoras));

        run.Engine.CheckSupport(request).Setting.ShouldBe("loras");
        await Should.ThrowAsync<EngineException>(() => run.RunAsync(request));
    }

    [Theory]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task It_says_what_its_family_can_do_and_no_more(string name)
    {
        await using var run = new EngineRun(name);
        var request = run.Request();

        run.Engine.CheckSupport(request).IsSupported.ShouldBeTrue();
        run.Engine.CheckSupport(request with { Resolution = VideoResolution.Hd1080 }).Reason!.ShouldContain("1080p");
        run.Engine.CheckSupport(request with { DurationSeconds = 15 }).Reason!.ShouldContain("duration must be from 1 to 5 seconds");
        run.Engine.CheckSupport(request with { Roles = [MediaRole.FirstFrame, MediaRole.Audio] }).Role.ShouldBe(MediaRole.Audio);
        var last = run.Engine.CheckSupport(request with { Roles = [MediaRole.FirstFrame, MediaRole.LastFrame] }).IsSupported;
        last.ShouldBe(name.Contains("flf2v", StringComparison.Ordinal) || name.Contains("a14b", StringComparison.Ordinal));
    }
}
