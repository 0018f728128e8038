using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Tests.Pipelines;

namespace Kinema.Wan.Tests.StepCaching;

[Collection(CountsTensors.Name)]
public sealed class StepCacheMemoryTests
{
    private const int Steps = 6;

    private static readonly WanStepCache _bold = new() { Threshold = 1, RetentionRatio = 0 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(StepCachingTests.Files), MemberType = typeof(StepCachingTests))]
    public void Fifty_denoising_runs_leave_no_tensor_behind(string file)
    {
        using var run = new CachedRun(file);
        var settings = run.Settings(_bold, Steps);
        run.Sample(settings, Ct).Latents.Dispose();
        var before = CountsTensors.AfterCollection();

        for (var i = 0; i < 50; i++)
            run.Sample(settings, Ct).Latents.Dispose();

        torch.Tensor.TotalCount.ShouldBe(before);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(StepCachingTests.Files), MemberType = typeof(StepCachingTests))]
    public void A_cancelled_or_failed_denoising_run_leaves_no_tensor_behind(string file)
    {
        using var run = new CachedRun(file);
        var settings = run.Settings(_bold, Steps);
        run.Sample(settings, Ct).Latents.Dispose();
        var before = CountsTensors.AfterCollection();

        // Within a computed step, after a skipped one and at the last.
        foreach (var (step, block) in new[] { (0, 1), (2, 0), (Steps - 1, 1) })
        {
            using var cancel = new CancellationTokenSource();
            Should.Throw<OperationCanceledException>(() => run.Sample(settings, cancel.Token, progress => StopAt(progress, step, block, cancel.Cancel)));
            Should.Throw<TimeZoneNotFoundException>(() => run.Sample(settings, Ct, progress => StopAt(progress, step, block, () => throw new TimeZoneNotFoundException())));
        }

        torch.Tensor.TotalCount.ShouldBe(before);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public void The_record_counts_the_cached_bytes(string name)
    {
        var checkpoint = Wan.Pipelines.CheckpointFolder.Read(FixtureFolder.Checkpoint(name));
        var request = TinyCheckpoint.Request(checkpoint.Family) with { StepCache = _bold };

        var guided = Plan(WanPrecision.Float32, request).StepCache!.ResidualBytes;

        // Two latent frames of 64 × 32 pixels.
        guided.ShouldBe(3L * 2 * (64 / checkpoint.SizeMultiple) * (32 / checkpoint.SizeMultiple) * checkpoint.Transformer.Dim * 4);
        Plan(WanPrecision.BFloat16, request).StepCache!.ResidualBytes.ShouldBe(guided / 2);
        Plan(WanPrecision.Float32, request with { GuidanceScale = 1 }).StepCache!.ResidualBytes.ShouldBe(guided / 3 * 2);

        WanSettings Plan(WanPrecision precision, WanRequest request) => new Wan.Pipelines.SettingsPlanner(checkpoint, TestModel.Of(precision), new()).Plan(request);
    }

    private static void StopAt(WanProgress progress, int step, int block, Action stop)
    {
        if (progress.Phase == WanPhase.Denoise && progress.Step == step && progress.Block == block)
            stop();
    }
}
