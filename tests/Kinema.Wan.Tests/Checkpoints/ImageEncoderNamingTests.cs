using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>A CLIP encoder of the fixtures, rewritten in the layouts of published files, encodes images as before.</summary>
public sealed class ImageEncoderNamingTests : IDisposable
{
    // In another file a tensor has another address, where kernels may sum in another order.
    private const double Rounding = 1e-5;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Encoders => FixtureFolder.CheckpointsWith("image_encoder");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Encoders))]
    public void As_Wan_s_own_code_names_it_with_the_text_tower(string checkpoint)
    {
        var writer = WanNames(checkpoint, "visual.");
        writer.Add("textual.token_embedding.weight", torch.zeros(3, 4));
        writer.Add("textual.blocks.0.attn.q.weight", torch.zeros(4, 4));
        writer.Add("visual.head", torch.zeros(2, 2));
        writer.Add("log_scale", torch.zeros([]));

        ShouldSeeTheSame(checkpoint, writer);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Encoders))]
    public void The_vision_tower_alone_without_its_prefix(string checkpoint) => ShouldSeeTheSame(checkpoint, WanNames(checkpoint, ""));

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Encoders))]
    public void As_OpenCLIP_names_it_with_the_text_tower(string checkpoint)
    {
        var writer = Joined(checkpoint, name => OriginalNames.OpenClip(name).Replace("self_attn.q_proj.", "attn.in_proj_"), leadingOnes: false);
        writer.Add("transformer.resblocks.0.attn.in_proj_weight", torch.zeros(6, 2));
        writer.Add("positional_embedding", torch.zeros(2, 2));
        writer.Add("ln_final.weight", torch.zeros(2));
        writer.Add("visual.proj", torch.zeros(2, 2));
        writer.Add("logit_scale", torch.zeros([]));

        ShouldSeeTheSame(checkpoint, writer);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Encoders))]
    public void As_transformers_names_it_with_the_text_tower_and_unused_vision_tensors(string checkpoint)
    {
        var writer = new SafetensorsWriter();
        using var original = Load(FixtureFolder.Checkpoint(checkpoint, "image_encoder"));
        foreach (var name in original.Names)
            writer.Add(name, original.Peek(name));
        writer.Add("vision_model.embeddings.position_ids", torch.arange(5).reshape(1, 5));
        writer.Add("visual_projection.weight", torch.zeros(2, 2));
        writer.Add("text_model.embeddings.token_embedding.weight", torch.zeros(3, 2));
        writer.Add("logit_scale", torch.zeros([]));

        ShouldSeeTheSame(checkpoint, writer, "vision_model.embeddings.position_ids");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Encoders))]
    public void In_whole_numbers_with_a_scale_for_each_row_of_query_key_and_value_as_LightX2V_s_converter_writes_it(string checkpoint)
    {
        using var scope = torch.NewDisposeScope();
        using var original = Load(FixtureFolder.Checkpoint(checkpoint, "image_encoder"));
        var (scaled, unscaled) = (new SafetensorsWriter(), new SafetensorsWriter());
        foreach (var (name, tensor) in JoinedTensors(original, WanName, leadingOnes: true))
        {
            if (!name.Contains(".transformer.") || tensor.dim() != 2)
            {
                scaled.Add(name, tensor);
                unscaled.Add(name, tensor);
                continue;
            }

            var scale = tensor.abs().amax([1], keepdim: true) / 127;
            var small = (tensor / scale).round().to_type(torch.int8);
            scaled.Add(name, small);
            scaled.Add(name + "_scale", scale);
            unscaled.Add(name, small.to_type(torch.float32) * scale);
        }

        var (scaledPath, unscaledPath) = (scaled.Save(_folder.File("scaled.safetensors")), unscaled.Save(_folder.File("unscaled.safetensors")));

        Difference(checkpoint, scaledPath, unscaledPath).ShouldBeLessThan(Rounding);
        Difference(checkpoint, scaledPath, FixtureFolder.Checkpoint(checkpoint, "image_encoder")).ShouldBeGreaterThan(Rounding);
    }

    [Theory]
    [InlineData(12, 5)]
    [InlineData(12, 3)]
    [InlineData(13, 13)]
    public void Rows_that_three_parts_or_their_scales_do_not_make_up_are_an_error_that_names_the_tensor(int rows, int scales)
    {
        var writer = new SafetensorsWriter();
        writer.Add("visual.transformer.0.attn.to_qkv.weight", torch.zeros(rows, 4, dtype: torch.int8));
        writer.Add("visual.transformer.0.attn.to_qkv.weight_scale", torch.ones(scales, 1));
        var path = writer.Save(_folder.File("clip.safetensors"));

        Should.Throw<CheckpointException>(() => TensorSet.Open(path, ModelKind.ImageEncoder)).Message
            .ShouldBe($"{path}: tensor \"visual.transformer.0.attn.to_qkv.weight\" of shape [{rows}, 4] cannot be split into 3.");
    }

    public void Dispose() => _folder.Dispose();

    private static string WanName(string name) => OriginalNames.Image(name).Replace("self_attn.q_proj", "attn.to_qkv");

    private static SafetensorsWriter WanNames(string checkpoint, string prefix) =>
        Joined(checkpoint, name => prefix + WanName(name)["visual.".Length..], leadingOnes: true);

    private static SafetensorsWriter Joined(string checkpoint, Func<string, string> rename, bool leadingOnes)
    {
        var writer = new SafetensorsWriter();
        using var original = Load(FixtureFolder.Checkpoint(checkpoint, "image_encoder"));
        foreach (var (name, tensor) in JoinedTensors(original, rename, leadingOnes))
            writer.Add(name, tensor);
        return writer;
    }

    /// <summary>The tensors with query, key and value in one, under the name that is given to the query's.</summary>
    private static IEnumerable<(string Name, torch.Tensor Tensor)> JoinedTensors(Weights original, Func<string, string> rename, bool leadingOnes)
    {
        foreach (var name in original.Names.Where(name => !name.Contains(".k_proj.") && !name.Contains(".v_proj.")))
        {
            var tensor = original.Peek(name);
            if (name.Contains(".q_proj."))
                tensor = torch.cat([tensor, original.Peek(name.Replace(".q_proj.", ".k_proj.")), original.Peek(name.Replace(".q_proj.", ".v_proj."))]);
            else if (leadingOnes && (name.EndsWith("class_embedding", StringComparison.Ordinal) || name.EndsWith("position_embedding.weight", StringComparison.Ordinal)))
                tensor = tensor.reshape([.. Enumerable.Repeat(1L, 3 - (int)tensor.dim()), .. tensor.shape]);
            yield return (rename(name), tensor);
        }
    }

    private static Weights Load(string path) => Weights.Load(path, new Precision(torch.float32), torch.CPU, ct: TestContext.Current.CancellationToken);

    private void ShouldSeeTheSame(string checkpoint, SafetensorsWriter written, params IEnumerable<string> further)
    {
        var (path, source) = (written.Save(_folder.File("clip.safetensors")), FixtureFolder.Checkpoint(checkpoint, "image_encoder"));
        using (var set = TensorSet.Open(path))
            set.Kind.ShouldBe(ModelKind.ImageEncoder);

        using var original = Load(source);
        using var weights = Load(path);
        weights.Names.ShouldBe(original.Names.Concat(further), ignoreOrder: true);
        original.Names.ShouldAllBe(name => weights.Peek(name).IsSameAs(original.Peek(name)));
        Difference(checkpoint, path, source).ShouldBeLessThan(Rounding);
    }

    /// <summary>The largest between what two files' encoders see.</summary>
    private static double Difference(string checkpoint, string one, string other)
    {
        using var scope = torch.NewDisposeScope();
        return (See(checkpoint, one) - See(checkpoint, other)).abs().max().item<float>();
    }

    private static torch.Tensor See(string checkpoint, string path)
    {
        var config = ClipConfig.From(ModelConfig.Read(FixtureFolder.Checkpoint(checkpoint, "image_encoder/config.json")));
        using var weights = Load(path);
        var picture = torch.linspace(-1, 1, 3L * config.ImageSize * config.ImageSize).reshape(1, 3, config.ImageSize, config.ImageSize);
        return new ClipImageEncoder(weights, config).Encode(picture, TestContext.Current.CancellationToken);
    }
}
