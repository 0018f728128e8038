using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>Counts tensors of the whole process, so nothing else may run beside it.</summary>
[Collection(CountsTensors.Name)]
public sealed class MemoryTests
{
    private const int Generations = 50;
    private const long AllowedGrowth = 48 << 20;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Fifty_generations_leave_no_tensor_behind_and_memory_where_it_was(string name)
    {
        var ct = TestContext.Current.CancellationToken;
        using var checkpoint = new TinyCheckpoint(name);
        using var pipeline = await checkpoint.LoadAsync();
        var request = TinyCheckpoint.Request(pipeline.Family) with { NumInferenceSteps = 2, Previews = true, Width = 32 };
        await Generate(pipeline, request, ct);
        await Generate(pipeline, request, ct);
        var (tensors, memory) = (CountsTensors.AfterCollection(), Environment.WorkingSet);

        for (var i = 0; i < Generations; i++)
            await Generate(pipeline, request, ct);

        torch.Tensor.TotalCount.ShouldBe(tensors);
        (Environment.WorkingSet - memory).ShouldBeLessThan(AllowedGrowth);
    }

    private static async Task Generate(WanPipeline pipeline, WanRequest request, CancellationToken ct)
    {
        await foreach (var _ in pipeline.GenerateAsync(request, ct))
        {
        }
    }
}
