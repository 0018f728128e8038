using Kinema.Wan.Pipelines;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>Tensors and numbers in use stay alive while garbage is collected continuously.</summary>
[Collection(CollectsGarbage.Name)]
public sealed class GarbageCollectionTests
{
    private const int Generations = 3;
    private const int Draws = 5_000;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Generations_give_the_same_frames_while_garbage_is_collected(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        using var quiet = await checkpoint.LoadAsync();
        var request = TinyCheckpoint.Request(quiet.Family) with { NumInferenceSteps = 2, Previews = true };
        var expected = await Videos.Of(quiet, request);

        using var collector = CollectsGarbage.WithoutPause();
        using var pipeline = await checkpoint.LoadAsync();
        for (var i = 0; i < Generations; i++)
        {
            var frames = await Videos.Of(pipeline, request);
            Videos.AreSame(frames, expected).ShouldBeTrue();
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
}
