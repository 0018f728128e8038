using Kinema.Wan.Pipelines;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>A generation computes with one number of threads, whatever thread of the pool runs a part of it.</summary>
[Collection(ChangesThreads.Name)]
public sealed class ComputeThreadsTests
{
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task All_of_a_generation_computes_with_the_number_of_threads_that_was_asked_for(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        using var pipeline = await WanPipeline.LoadAsync(checkpoint.Folder, new() { Threads = 2 }, cancellationToken: TestContext.Current.CancellationToken);
        var seen = new List<int>();
        var counts = new Recorder<WanProgress> { On = _ => seen.Add(torch.get_num_threads()) };

        await Videos.Of(pipeline, TinyCheckpoint.Request(pipeline.Family) with { Progress = counts });

        seen.ShouldNotBeEmpty();
        seen.ShouldAllBe(count => count == 2);
    }

    [Fact]
    public void A_thread_with_another_number_takes_the_pipeline_s()
    {
        var compute = new ComputeThreads(1).Bind(torch.get_num_threads);

        ChangesThreads.Run(3, () =>
        {
            torch.get_num_threads().ShouldBe(3);
            compute().ShouldBe(1);
        });
    }

    [Fact]
    public void By_default_it_is_the_number_at_the_time_of_loading() => ChangesThreads.Run(3, () =>
    {
        var compute = ComputeThreads.Of(new()).Bind(torch.get_num_threads);
        torch.set_num_threads(2);

        compute().ShouldBe(3);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public void A_number_out_of_range_is_refused_by_name(int threads) =>
        Should.Throw<ArgumentException>(() => ComputeThreads.Of(new() { Threads = threads }))
            .Message.ShouldBe($"WanOptions.Threads must be from 1 to 1024; got {threads}.");
}
