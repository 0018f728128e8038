using Kinema.Wan.Images;
using Kinema.Wan.Pipelines;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>Nothing that is computed with goes away when garbage is collected without pause.</summary>
[Collection(CollectsGarbage.Name)]
public sealed class CollectingTests
{
    private const int Generations = 3;
    private const int Draws = 5_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Generations_give_the_same_frames_while_garbage_is_collected(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        using var quiet = await Load(checkpoint);
        var request = TinyCheckpoint.Request(quiet.Family) with { Steps = 2, Previews = true };
        var expected = await FramesOf(quiet, request);

        using var collector = CollectsGarbage.WithoutPause();
        using var pipeline = await Load(checkpoint);
        for (var i = 0; i < Generations; i++)
        {
            var frames = await FramesOf(pipeline, request);
            frames.Zip(expected).All(pair => pair.First.Pixels.Span.SequenceEqual(pair.Second.Pixels.Span)).ShouldBeTrue();
        }
    }

    [Fact]
    public void Noise_is_the_same_while_garbage_is_collected()
    {
        using var expected = NoiseSource.Draw(42, 1, 1, 4, 4);
        var numbers = expected.data<float>().ToArray();
        using var collector = CollectsGarbage.WithoutPause();

        for (var i = 0; i < Draws; i++)
        {
            using var noise = NoiseSource.Draw(42, 1, 1, 4, 4);
            noise.data<float>().ToArray().ShouldBe(numbers);
        }
    }

    private static Task<WanPipeline> Load(TinyCheckpoint checkpoint) =>
        WanPipeline.LoadAsync(checkpoint.Folder, new() { Precision = WanPrecision.Float32 }, ct: Ct);

    private static async Task<List<RgbImage>> FramesOf(WanPipeline pipeline, WanRequest request)
    {
        var frames = new List<RgbImage>();
        await foreach (var frame in pipeline.GenerateAsync(request, Ct))
            frames.Add(frame);
        return frames;
    }
}
