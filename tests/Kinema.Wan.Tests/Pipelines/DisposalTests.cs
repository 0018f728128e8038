namespace Kinema.Wan.Tests.Pipelines;

/// <summary>Disposing a pipeline during a generation, and two concurrent generations.</summary>
public sealed class DisposalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Disposing_within_a_step_ends_the_generation_cleanly(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        using var pipeline = await checkpoint.LoadAsync();
        var told = new Recorder<WanProgress> { On = progress => DisposeAt(progress, pipeline) };

        await Should.ThrowAsync<ObjectDisposedException>(() => Videos.Of(pipeline, TinyCheckpoint.Request(pipeline.Family) with { Progress = told }));

        told.All[^1].ShouldSatisfyAllConditions(last => last.Step.ShouldBe(1), last => last.Block.ShouldBe(1));
        await Should.ThrowAsync<ObjectDisposedException>(() => Videos.Of(pipeline, TinyCheckpoint.Request(pipeline.Family)));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Disposing_between_two_frames_ends_the_generation_at_the_next_computed_frame(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        using var pipeline = await checkpoint.LoadAsync();
        await using var frames = pipeline.GenerateAsync(TinyCheckpoint.Request(pipeline.Family), Ct).GetAsyncEnumerator(Ct);
        (await frames.MoveNextAsync()).ShouldBeTrue();

        pipeline.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(async () =>
        {
            while (await frames.MoveNextAsync())
            {
            }
        });
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Two_concurrent_generations_run_one_after_the_other_and_are_correct(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        using var pipeline = await checkpoint.LoadAsync();
        var request = TinyCheckpoint.Request(pipeline.Family) with { NumInferenceSteps = 2 };
        var expected = await Videos.Of(pipeline, request);
        var order = new Recorder<string>();

        var videos = await Task.WhenAll(
            Task.Run(() => Videos.Of(pipeline, request with { Progress = new Recorder<WanProgress> { On = _ => order.Report("one") } }), Ct),
            Task.Run(() => Videos.Of(pipeline, request with { Progress = new Recorder<WanProgress> { On = _ => order.Report("other") } }), Ct));

        order.All.Zip(order.All.Skip(1)).Count(pair => pair.First != pair.Second).ShouldBe(1);
        foreach (var video in videos)
            Videos.AreSame(video, expected).ShouldBeTrue();
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task An_abandoned_enumeration_releases_the_lock(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        using var pipeline = await checkpoint.LoadAsync();
        var request = TinyCheckpoint.Request(pipeline.Family) with { NumInferenceSteps = 1 };

        await foreach (var _ in pipeline.GenerateAsync(request, Ct))
            break;

        (await Videos.Of(pipeline, request)).Count.ShouldBe(5);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Asynchronous_disposal_waits_for_the_computation_without_a_thread(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        var pipeline = await checkpoint.LoadAsync();
        using var inBlock = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var request = TinyCheckpoint.Request(pipeline.Family) with { Progress = new Recorder<WanProgress> { On = progress => Hold(progress, inBlock, goOn) } };
        var video = Videos.Of(pipeline, request);
        inBlock.Wait(Ct);

        var disposal = pipeline.DisposeAsync().AsTask();
        disposal.IsCompleted.ShouldBeFalse();
        goOn.Set();

        await disposal.WaitAsync(Ct);
        await Should.ThrowAsync<ObjectDisposedException>(() => video);
    }

    private static void Hold(WanProgress progress, ManualResetEventSlim inBlock, ManualResetEventSlim goOn)
    {
        if (progress is { Phase: WanPhase.Denoise, Block: 1 })
        {
            inBlock.Set();
            goOn.Wait(Ct);
        }
    }

    private static void DisposeAt(WanProgress progress, WanPipeline pipeline)
    {
        if (progress is { Phase: WanPhase.Denoise, Step: 1, Block: 1 })
            pipeline.Dispose();
    }
}
