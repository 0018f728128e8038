using Kinema.Wan.Checkpoints;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.ImageEncoder;

[Trait("Set", "isa")]
public sealed class ClipReferenceTests
{
    private const double Tolerance = 5e-5;

    public static TheoryData<string> Checkpoints => FixtureFolder.With("image_encoder.safetensors");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void Images_are_encoded_as_the_reference_encodes_them(string checkpoint)
    {
        using var scope = torch.NewDisposeScope();
        var folder = FixtureFolder.Checkpoint(checkpoint, "image_encoder");
        var config = ClipConfig.From(ModelConfig.Read(Path.Combine(folder, "config.json")));
        using var weights = Weights.Load(folder, new Precision(torch.float32), torch.CPU, ct: TestContext.Current.CancellationToken);
        using var expected = FixtureFolder.Expected($"{checkpoint}/image_encoder");
        var seen = new HashSet<string> { "pixel_values", "penultimate_hidden_state" };
        var encoder = new ClipImageEncoder(weights, config)
        {
            Observer = (stage, output) =>
            {
                var name = $"{stage}_output";
                if (expected.Has(name) && seen.Add(name))
                    Compare.Close(output, expected[name], Tolerance, $"{checkpoint} {name}");
            },
        };

        var hidden = encoder.Encode(expected["pixel_values"], TestContext.Current.CancellationToken);

        Compare.Close(hidden, expected["penultimate_hidden_state"], Tolerance, $"{checkpoint} penultimate_hidden_state");
        expected.Names.Except(seen).ShouldBeEmpty("outputs of the reference that were not compared");
    }
}
