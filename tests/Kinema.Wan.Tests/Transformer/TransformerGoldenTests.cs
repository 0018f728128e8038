using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Transformer;

namespace Kinema.Wan.Tests.Transformer;

[Trait("Set", "isa")]
public sealed class TransformerGoldenTests
{
    private const double SampleTolerance = 2e-4;
    private const double TimeTolerance = 1e-4;
    private const double BlockTolerance = 1e-3;
    private const double RopeTolerance = 1e-6;
    private const double BFloat16Ratio = 3e-2;

    public static TheoryData<string> Files => FixtureFolder.Matching("transformer*.safetensors");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void Every_case_gives_the_reference_s_velocity_and_intermediate_values(string file)
    {
        using var scope = torch.NewDisposeScope();
        using var expected = FixtureFolder.Expected(file);
        using var model = LoadedTransformer.Open(file, torch.float32);
        foreach (var name in expected.Cases(".sample"))
        {
            var tap = new Tap(expected, name, file);
            var sample = model.Transformer.Forward(Input(expected, model.Transformer.Config.PatchVolume, name), new() { OnTensor = tap.See }, TestContext.Current.CancellationToken);

            Compare.Close(sample, expected[$"{name}.sample"], SampleTolerance, $"{file} {name}.sample");
            tap.Unseen.ShouldBeEmpty();
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void Half_precision_weights_give_the_reference_s_velocity_widened_and_as_they_are(string file)
    {
        using var expected = FixtureFolder.Expected(file);
        if (expected.Has("sample_float32_compute"))
        {
            using var float32 = LoadedTransformer.Open(file, torch.float32);
            using var sample = float32.Transformer.Forward(Input(expected, float32.Transformer.Config.PatchVolume), ForwardHooks.None, TestContext.Current.CancellationToken);
            Compare.Close(sample, expected["sample_float32_compute"], SampleTolerance, $"{file} sample_float32_compute");
        }

        if (expected.Has("sample_bfloat16_compute"))
        {
            using var half = LoadedTransformer.Open(file, torch.bfloat16);
            using var sample = half.Transformer.Forward(Input(expected, half.Transformer.Config.PatchVolume), ForwardHooks.None, TestContext.Current.CancellationToken);
            Compare.RelativelyClose(sample, expected["sample_bfloat16_compute"], BFloat16Ratio, $"{file} sample_bfloat16_compute");
        }
    }

    private static TransformerInput Input(TensorFile expected, int patch, string? name = null)
    {
        var prefix = name is null ? "" : $"{name}.";
        var latents = expected[$"{prefix}hidden_states"];
        var batch = latents.shape[0];
        return new(latents, Times(expected[$"{prefix}timestep"], latents, patch), First(expected["encoder_hidden_states"], batch), Image(expected, batch));
    }

    /// <summary>The images of the first samples: the file holds those of all of them, one or two a sample.</summary>
    private static torch.Tensor? Image(TensorFile expected, long batch)
        => expected.Has("encoder_hidden_states_image")
            ? First(expected["encoder_hidden_states_image"], expected["encoder_hidden_states_image"].shape[0] / expected["encoder_hidden_states"].shape[0] * batch)
            : null;

    private static torch.Tensor First(torch.Tensor tensor, long count) => tensor.narrow(0, 0, Math.Min(count, tensor.shape[0]));

    private static TokenTimesteps Times(torch.Tensor timestep, torch.Tensor latents, int patch)
    {
        var values = timestep.to_type(torch.float32).data<float>().ToArray();
        return timestep.dim() == 2
            ? TokenTimesteps.ForTokens(values, (int)timestep.shape[1])
            : TokenTimesteps.PerSample(values, tokens: latents.shape[2] * latents.shape[3] * latents.shape[4] / patch);
    }

    /// <summary>Compares what passes by with whatever the file has of it.</summary>
    private sealed class Tap(TensorFile expected, string name, string file)
    {
        private readonly HashSet<string> _unseen = [.. expected.Names.Where(n =>
            n.StartsWith($"{name}.", StringComparison.Ordinal) && !n.EndsWith(".sample", StringComparison.Ordinal)
            && !n.EndsWith(".hidden_states", StringComparison.Ordinal) && !n.EndsWith(".timestep", StringComparison.Ordinal))];

        public IReadOnlyCollection<string> Unseen => _unseen;

        public void See(string part, torch.Tensor value)
        {
            var full = $"{name}.{part}";
            if (_unseen.Remove(full))
                Compare.Close(value, expected[full], part is "temb" or "timestep_proj" ? TimeTolerance : BlockTolerance, $"{file} {full}");
            if (part == "text_embeds" && expected.Has("text_embeds_first64"))
                Compare.Close(value.narrow(0, 0, 1).narrow(1, 0, 64), expected["text_embeds_first64"], TimeTolerance, $"{file} {full}");
            if (part == "image_embeds")
                Compare.Close(value.narrow(0, 0, 1), expected["image_embeds"], TimeTolerance, $"{file} {full}");
            if (part == "rope" && name.Split('_')[0] is var size && expected.Has($"rope_cos_{size}"))
            {
                Compare.Close(value.real.repeat_interleave(2, -1), expected[$"rope_cos_{size}"], RopeTolerance, $"{file} rope_cos_{size}");
                Compare.Close(value.imag.repeat_interleave(2, -1), expected[$"rope_sin_{size}"], RopeTolerance, $"{file} rope_sin_{size}");
            }
        }
    }
}
