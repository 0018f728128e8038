using Kinema.Wan.Checkpoints;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Text;

namespace Kinema.Wan.Tests.Text;

[Trait("Set", "isa")]
public sealed class TextEncoderGoldenTests
{
    private const double Tolerance = 2e-5;

    public static TheoryData<string> Checkpoints => FixtureFolder.With("text_encoder.safetensors");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void Every_prompt_is_encoded_as_the_reference_does(string checkpoint)
    {
        using var scope = torch.NewDisposeScope();
        using var expected = FixtureFolder.Expected($"{checkpoint}/text_encoder");
        var folder = FixtureFolder.Checkpoint(checkpoint, "text_encoder");
        using var weights = Weights.Load(folder, new(torch.float32), torch.CPU, ct: TestContext.Current.CancellationToken);
        var encoder = new TextEncoder(Config(checkpoint), weights);
        for (var row = 0; row < expected["input_ids"].shape[0]; row++)
        {
            var ids = Ids(expected, row);
            void Tap(string name, torch.Tensor value)
            {
                if (!expected.Has(name))
                    return;
                var rows = Math.Min(ids.Count, expected[name].shape[1]);
                Compare.Close(value[0].narrow(0, 0, rows), expected[name][row].narrow(0, 0, rows), Tolerance, $"{checkpoint} {name} {row}");
            }

            var embedding = encoder.Encode(ids, Tap, TestContext.Current.CancellationToken);
            Compare.Close(embedding[0], expected["prompt_embeds"][row], Tolerance, $"{checkpoint} prompt_embeds {row}");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void Every_distance_falls_into_the_reference_s_bucket(string checkpoint)
    {
        using var expected = FixtureFolder.Expected($"{checkpoint}/text_encoder");
        var config = Config(checkpoint);

        var buckets = expected["relative_position"].data<long>().ToArray()
            .Select(distance => (long)RelativePositionBucket.Of((int)distance, config.DistanceBuckets, config.MaximumDistance));

        buckets.ShouldBe(expected["relative_position_bucket"].data<long>().ToArray());
        Compare.Counted();
    }

    internal static List<int> Ids(TensorFile expected, int row)
    {
        var length = (int)expected["attention_mask"][row].sum().item<long>();
        return [.. expected["input_ids"][row].data<long>().ToArray().Take(length).Select(id => (int)id)];
    }

    private static TextEncoderConfig Config(string checkpoint)
        => TextEncoderConfig.From(ModelConfig.Read(Path.Combine(FixtureFolder.Checkpoint(checkpoint, "text_encoder"), "config.json")));
}
