using Kinema.Wan.Pipelines;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Tests.Pipelines;

namespace Kinema.Wan.Tests.StepCaching;

public sealed class StepCachePlannerTests
{
    public static TheoryData<string> Checkpoints => TinyCheckpoint.All;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void The_record_has_method_mag_ratios_skipped_steps_and_estimated_error(string name)
    {
        var settings = Plan(name, new());

        var cache = settings.StepCache!;
        cache.Method.ShouldBe("MagCache");
        cache.MagRatios.ShouldStartWith("Wan2.");
        cache.Options.ShouldBe(new WanStepCache());
        cache.SkippedSteps.Count.ShouldBeGreaterThan(5);
        cache.EstimatedError.ShouldBeInRange(0.001, cache.Options.Threshold);
        Plan(name, null).StepCache.ShouldBeNull();
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void An_option_out_of_its_range_is_rejected_by_name(string name)
    {
        Refusal(new() { Threshold = -0.1 }).ShouldBe("StepCache.Threshold must be from 0 to 1; got -0.1.");
        Refusal(new() { Threshold = double.NaN }).ShouldBe("StepCache.Threshold must be from 0 to 1; got NaN.");
        Refusal(new() { MaxSkipSteps = 0 }).ShouldBe("StepCache.MaxSkipSteps must be from 1 to 10; got 0.");
        Refusal(new() { MaxSkipSteps = 11 }).ShouldBe("StepCache.MaxSkipSteps must be from 1 to 10; got 11.");
        Refusal(new() { RetentionRatio = 1.5 }).ShouldBe("StepCache.RetentionRatio must be from 0 to 1; got 1.5.");
        Refusal(new(), WanScheduler.Distilled).ShouldStartWith("StepCache must be null with the distilled scheduler");

        string Refusal(WanStepCache options, WanScheduler scheduler = WanScheduler.UniPc)
            => Should.Throw<ArgumentException>(() => Plan(name, options, scheduler)).Message;
    }

    private static WanSettings Plan(string name, WanStepCache? cache, WanScheduler scheduler = WanScheduler.UniPc)
    {
        var checkpoint = CheckpointFolder.Read(FixtureFolder.Checkpoint(name));
        var planner = new SettingsPlanner(checkpoint, TestModel.Of(), new());
        return planner.Plan(TinyCheckpoint.Request(checkpoint.Family) with { NumInferenceSteps = 40, StepCache = cache, Scheduler = scheduler });
    }
}
