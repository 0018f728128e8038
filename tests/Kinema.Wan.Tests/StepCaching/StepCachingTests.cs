using System.Globalization;
using Kinema.Wan.Schedulers;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.StepCaching;

public sealed class StepCachingTests
{
    private const int Steps = 20;

    public static TheoryData<string> Files => FixtureFolder.Matching("pipeline*.safetensors");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void A_threshold_of_zero_gives_bit_identical_latents(string file)
    {
        using var scope = torch.NewDisposeScope();
        using var run = new CachedRun(file);

        var (plain, none) = run.Sample(run.Settings(null, 4), Ct);
        var (cached, report) = run.Sample(run.Settings(new() { Threshold = 0 }, 4), Ct);

        none.ShouldBeNull();
        report!.SkippedSteps.ShouldBeEmpty();
        (cached - plain).abs().max().item<float>().ShouldBe(0);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void A_higher_threshold_skips_more_steps_and_reports_the_error(string file)
    {
        using var scope = torch.NewDisposeScope();
        using var run = new CachedRun(file);
        var exact = run.Sample(run.Settings(null, Steps), Ct).Latents;
        var exactFrames = run.Decode(exact, Ct);
        var skipped = new List<int>();
        foreach (var threshold in new[] { 0.03, 0.12, 1 })
        {
            var settings = run.Settings(new() { Threshold = threshold, MaxSkipSteps = 6, RetentionRatio = 0.1 }, Steps);
            var (latents, report) = run.Sample(settings, Ct);
            var error = RelativeRms(latents, exact);
            skipped.Add(report!.SkippedSteps.Count());
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"threshold {threshold}: {skipped[^1]} of {Steps} skipped, estimated {report.EstimatedError:F3}, measured {report.MeasuredError:F3}, latents {error:P1}, frames {Psnr(run.Decode(latents, Ct), exactFrames):F1} dB"));

            latents.isfinite().all().item<bool>().ShouldBeTrue();
            report.SkippedSteps.ShouldBe(settings.StepCache!.SkippedSteps);
            report.EstimatedError.ShouldBe(settings.StepCache.EstimatedError);
            report.MeasuredError.HasValue.ShouldBe(skipped[^1] > 0);
            double.IsFinite(error).ShouldBeTrue();
            (error > 0).ShouldBe(skipped[^1] > 0);
        }

        skipped.ShouldBeInOrder();
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void Skipped_steps_run_no_block_and_the_report_follows_step_by_step(string file)
    {
        using var scope = torch.NewDisposeScope();
        using var run = new CachedRun(file);
        var told = new List<WanProgress>();
        var settings = run.Settings(new() { Threshold = 1, RetentionRatio = 0 }, Steps);

        run.Sample(settings, Ct, told.Add);

        var ends = told.Where(progress => progress is { Phase: WanPhase.Denoise, Step: > 0, Block: 0 }).ToList();
        ends.Select(progress => progress.StepCache!.Steps.Count).ShouldBe(Enumerable.Range(1, Steps));
        foreach (var step in ends[^1].StepCache!.Steps)
        {
            var blocks = told.Where(progress => progress.Step == step.Step - 1 && progress.Block > 0).ToList();
            blocks.Count.ShouldBe(step.IsSkipped ? 0 : ends[0].Blocks);
            if (step.IsSkipped)
                step.MeasuredError.ShouldBeNull();
        }
    }

    /// <summary>A residual of one transformer says nothing about the other: the first step after the switch is computed and compared with nothing.</summary>
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void No_residual_is_cached_from_one_transformer_to_the_other(string file)
    {
        using var scope = torch.NewDisposeScope();
        using var run = new CachedRun(file);
        var settings = run.Settings(new() { Threshold = 1, RetentionRatio = 0 }, Steps);
        var schedule = SigmaSchedule.UniPc(Steps, settings.FlowShift);
        var switched = Enumerable.Range(1, Steps - 3).FirstOrDefault(step => !schedule.IsHighNoise(step, settings.BoundaryRatio));

        var report = run.Sample(settings, Ct).Report!;

        report.Steps[switched].ShouldBe(new(switched + 1, false, 0, null));
        report.Steps.Take(switched).ShouldAllBe(step => !step.IsSkipped && step.MeasuredError == null);
    }

    private static double RelativeRms(torch.Tensor actual, torch.Tensor expected)
        => ((actual - expected).square().mean() / expected.square().mean()).sqrt().item<float>();

    /// <summary>Peak signal-to-noise ratio of frames in [−1, 1].</summary>
    private static double Psnr(torch.Tensor actual, torch.Tensor expected) => 10 * Math.Log10(4 / (actual - expected).square().mean().item<float>());
}
