namespace Kinema.Wan.Tests.Pipelines;

public sealed class WanPipelineTests
{
    private static readonly WanOptions _float32 = new() { Precision = WanPrecision.Float32, Threads = 1 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task The_same_request_gives_the_same_frames_of_the_planned_size_and_number(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        using var pipeline = await checkpoint.LoadAsync();
        var request = TinyCheckpoint.Request(pipeline.Family);
        var plan = pipeline.Plan(request);

        var first = await Videos.Of(pipeline, request);
        var second = await Videos.Of(pipeline, request);
        var other = await Videos.Of(pipeline, request with { Seed = 8 });

        first.Count.ShouldBe(plan.NumFrames);
        first.ShouldAllBe(frame => frame.Width == plan.Width && frame.Height == plan.Height);
        Videos.AreSame(first, second).ShouldBeTrue();
        Videos.AreSame(first, other).ShouldBeFalse();
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Progress_counts_every_block_and_step_and_carries_previews_when_asked(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        using var pipeline = await checkpoint.LoadAsync();
        var told = new Recorder<WanProgress>();
        var request = TinyCheckpoint.Request(pipeline.Family) with { Progress = told, Previews = true };

        await Videos.Of(pipeline, request);

        var sampling = told.All.Where(progress => progress.Phase == WanPhase.Denoise).ToList();
        var steps = sampling.Where(progress => progress.Block == 0).ToList();
        steps.Select(progress => progress.Step).ShouldBe([1, 2, 3]);
        steps[^1].Sigma.ShouldBe(0);
        steps.ShouldAllBe(progress => progress.Preview != null && progress.Preview.Width > 1);
        sampling.Count.ShouldBe(3 * (sampling[0].Blocks + 1));
        told.All[^1].Phase.ShouldBe(WanPhase.Decode);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task A_cancelled_generation_stops_within_a_block_and_the_next_one_runs(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        using var pipeline = await checkpoint.LoadAsync();
        using var cancel = new CancellationTokenSource();
        var told = new Recorder<WanProgress> { On = progress => Cancel(progress, cancel) };
        var request = TinyCheckpoint.Request(pipeline.Family);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in pipeline.GenerateAsync(request with { Progress = told }, cancel.Token))
            {
            }
        });

        told.All[^1].ShouldSatisfyAllConditions(last => last.Step.ShouldBe(0), last => last.Block.ShouldBe(1));
        (await Videos.Of(pipeline, request)).Count.ShouldBe(5);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task A_small_memory_budget_changes_only_the_offload_plan(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        var options = new WanOptions { Precision = WanPrecision.BFloat16, Threads = 1 };
        using var unlimited = await WanPipeline.LoadAsync(checkpoint.Folder, options, cancellationToken: Ct);
        using var limited = await WanPipeline.LoadAsync(checkpoint.Folder, options with { MemoryBudget = 1 }, cancellationToken: Ct);
        unlimited.OffloadPlan.AllResident.ShouldBeTrue();
        limited.OffloadPlan.AllResident.ShouldBeFalse();
        var request = TinyCheckpoint.Request(unlimited.Family);

        var expected = await Videos.Of(unlimited, request);
        var frames = await Videos.Of(limited, request);

        Videos.AreSame(frames, expected).ShouldBeTrue();
        (limited.Plan(request) with { CheckpointFiles = [] }).ShouldBe(unlimited.Plan(request) with { CheckpointFiles = [] });
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Step_caching_skips_the_planned_steps_and_is_off_by_default(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        using var pipeline = await checkpoint.LoadAsync();
        var (told, toldPlain) = (new Recorder<WanProgress>(), new Recorder<WanProgress>());
        var request = TinyCheckpoint.Request(pipeline.Family) with { NumInferenceSteps = 12, Progress = toldPlain };
        var cached = request with { Progress = told, StepCache = new() { Threshold = 1, RetentionRatio = 0 } };

        var exact = await Videos.Of(pipeline, request);
        var frames = await Videos.Of(pipeline, cached);

        var report = told.All.Last(progress => progress.StepCache is not null).StepCache!;
        report.SkippedSteps.ShouldNotBeEmpty();
        report.SkippedSteps.ShouldBe(pipeline.Plan(cached).StepCache!.SkippedSteps);
        Videos.AreSame(frames, exact).ShouldBeFalse();
        toldPlain.All.ShouldAllBe(progress => progress.StepCache == null);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Loading_reports_every_byte_once(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        var told = new Recorder<LoadProgress>();

        using var pipeline = await WanPipeline.LoadAsync(checkpoint.Folder, _float32, told, Ct);

        told.All.Select(progress => progress.BytesDone).ShouldBeInOrder();
        told.All[^1].BytesDone.ShouldBe(told.All[^1].BytesTotal);
    }

    [Fact]
    public async Task A_missing_folder_is_named()
        => (await Should.ThrowAsync<CheckpointException>(() => WanPipeline.LoadAsync("/no/such/folder", cancellationToken: Ct))).Message.ShouldContain("/no/such/folder");

    private static void Cancel(WanProgress progress, CancellationTokenSource cancel)
    {
        if (progress.Block == 1)
            cancel.Cancel();
    }
}
