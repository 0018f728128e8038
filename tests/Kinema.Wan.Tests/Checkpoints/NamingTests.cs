using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>A fixture written again with the names of Wan's own code loads as the same model.</summary>
public sealed class NamingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Transformers => [.. FixtureFolder.CheckpointsWith("transformer").Select(r => r.Data + "/transformer"),
        .. FixtureFolder.CheckpointsWith("transformer_2").Select(r => r.Data + "/transformer_2")];

    public static TheoryData<string> Vaes => [.. FixtureFolder.CheckpointsWith("vae").Select(r => r.Data + "/vae")];

    public static TheoryData<string> TextEncoders => [.. FixtureFolder.CheckpointsWith("text_encoder").Select(r => r.Data + "/text_encoder")];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Transformers))]
    public void A_transformer(string model)
    {
        var changed = Check(model, ModelKind.Transformer, "model.diffusion_model.", name => OriginalNames.Transformer(name));

        // Of a transformer only the patches keep their name.
        changed.ShouldBeGreaterThan(0.9);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Vaes))]
    public void A_vae(string model)
    {
        using var source = TensorSet.Open(FixtureFolder.Checkpoint(model));
        var isStaged = source.Tensors.ContainsKey("encoder.down_blocks.0.resnets.0.conv1.weight");
        var blocks = source.Tensors.Keys.Count(n => n.StartsWith("decoder.up_blocks.0.resnets.", StringComparison.Ordinal) && n.EndsWith(".conv1.weight", StringComparison.Ordinal));

        Check(model, ModelKind.Vae, "", name => OriginalNames.VaeStages(OriginalNames.Vae(name, blocks), blocks, isStaged)).ShouldBe(1);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TextEncoders))]
    public void A_text_encoder(string model)
    {
        using var source = TensorSet.Open(FixtureFolder.Checkpoint(model));
        if (source.Tensors.ContainsKey("shared.weight") && !source.Tensors.ContainsKey("encoder.embed_tokens.weight"))
            Check(model, ModelKind.TextEncoder, "", OriginalNames.Text).ShouldBe(1);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Transformers))]
    public void Shards_and_one_file_are_the_same(string model)
    {
        using var original = Load(FixtureFolder.Checkpoint(model));
        var names = original.Names.Order(StringComparer.Ordinal).ToList();
        var map = new System.Text.Json.Nodes.JsonObject();
        for (var shard = 0; shard < 3; shard++)
        {
            var writer = new SafetensorsWriter();
            foreach (var name in names.Where((_, i) => i % 3 == shard))
            {
                writer.Add(name, original.Peek(name));
                map[name] = $"model-{shard + 1}-of-3.safetensors";
            }

            writer.Save(_folder.File($"model-{shard + 1}-of-3.safetensors"));
        }

        File.WriteAllText(_folder.File("model.safetensors.index.json"), new System.Text.Json.Nodes.JsonObject { ["weight_map"] = map }.ToJsonString());
        Same(_folder.Path, ModelKind.Transformer, original);
    }

    [Fact]
    public void A_tensor_that_only_names_the_model_is_left_out()
    {
        var writer = new SafetensorsWriter();
        writer.Add("blocks.0.self_attn.q.weight", torch.zeros(2, 2));
        writer.Add("model_type.Wan2_1-FLF2V-14B-720P", torch.zeros([]));

        using var set = TensorSet.Open(writer.Save(_folder.File("flf2v.safetensors")));

        set.Tensors.Keys.ShouldBe(["blocks.0.attn1.to_q.weight"]);
    }

    [Fact]
    public void Another_kind_of_model_is_rejected()
    {
        var writer = new SafetensorsWriter();
        writer.Add("model.layers.0.weight", torch.zeros(2, 2));
        var path = writer.Save(_folder.File("other.safetensors"));

        Should.Throw<CheckpointException>(() => TensorSet.Open(path, ModelKind.Vae)).Message.ShouldContain($"{path} is not a Vae of Wan");
    }

    [Fact]
    public void A_file_of_several_models_gives_the_one_asked_for()
    {
        var writer = new SafetensorsWriter();
        writer.Add("model.diffusion_model.blocks.0.self_attn.q.weight", torch.zeros(2, 2));
        writer.Add("model.diffusion_model.blocks.0.norm3.weight", torch.zeros(2));
        writer.Add("vae.decoder.middle.0.residual.0.gamma", torch.zeros(2, 1, 1, 1));
        var path = writer.Save(_folder.File("all.safetensors"));

        Should.Throw<CheckpointException>(() => TensorSet.Open(path)).Message.ShouldContain("several models");
        using var transformer = TensorSet.Open(path, ModelKind.Transformer);
        transformer.Tensors.Keys.ShouldBe(["blocks.0.attn1.to_q.weight", "blocks.0.norm2.weight"], ignoreOrder: true);
        using var vae = TensorSet.Open(path, ModelKind.Vae);
        vae.Tensors.Keys.ShouldBe(["decoder.mid_block.resnets.0.norm1.gamma"]);
    }

    public void Dispose() => _folder.Dispose();

    private double Check(string model, ModelKind kind, string prefix, Func<string, string> rename)
    {
        using var original = Load(FixtureFolder.Checkpoint(model));
        var writer = new SafetensorsWriter();
        foreach (var name in original.Names)
            writer.Add(prefix + rename(name), original.Peek(name));

        Same(writer.Save(_folder.File("original.safetensors")), kind, original);
        return (double)original.Names.Count(n => rename(n) != n) / original.Names.Count;
    }

    private static void Same(string path, ModelKind kind, Weights expected)
    {
        using (var set = TensorSet.Open(path))
            set.Kind.ShouldBe(kind);
        using var actual = Load(path);

        actual.Names.ShouldBe(expected.Names, ignoreOrder: true);
        foreach (var name in expected.Names)
            actual.Get(name, expected.Peek(name).shape).IsSameAs(expected.Peek(name)).ShouldBeTrue(name);
    }

    private static Weights Load(string path) => Weights.Load(path, new Precision(torch.float32), torch.CPU);
}
