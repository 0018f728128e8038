using System.Text.Json;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;
using Kinema.Wan.Pipelines;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>The configuration of a file without config.json, inferred from its header; sparse files of the published sizes.</summary>
public sealed class InferredConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("wan2.2_i2v_14B", "")]
    [InlineData("wan2.1_i2v_14B", "model.diffusion_model.")]
    [InlineData("wan2.1_flf2v_14B", "")]
    [InlineData("wan2.2_ti2v_5B", "diffusion_model.")]
    [InlineData("wan2.1_t2v_1.3B", "model.")]
    public void A_transformer_of_the_published_shape(string model, string prefix)
    {
        HeaderFile.Write(_folder.File("x.safetensors"), PublishedModel.TransformerTensors(model, prefix: prefix));

        using var set = Open(ModelKind.Transformer);

        Json(ComponentConfig.Transformer(set)).ShouldBe(Json(PublishedModel.Config(model)));
        ComponentValidator.Transformer(set, ComponentConfig.Transformer(set));
    }

    [Fact]
    public void Both_vaes()
    {
        HeaderFile.Write(_folder.File("x.safetensors"), PublishedModel.VaeTensors(VaeConfig.Wan21));
        using (var set = Open(ModelKind.Vae))
            Json(ComponentConfig.Vae(set)).ShouldBe(Json(VaeConfig.Wan21));

        HeaderFile.Write(_folder.File("x.safetensors"), PublishedModel.VaeTensors(VaeConfig.Wan22));
        using (var set = Open(ModelKind.Vae))
            Json(ComponentConfig.Vae(set)).ShouldBe(Json(VaeConfig.Wan22));
    }

    [Fact]
    public void The_text_encoder_and_the_image_encoder()
    {
        HeaderFile.Write(_folder.File("x.safetensors"), [.. PublishedModel.TextTensors(), ("spiece_model", "U8", [4_548_313])]);
        using (var set = Open(ModelKind.TextEncoder))
            ComponentConfig.Text(set).ShouldBe(PublishedModel.UmT5);

        HeaderFile.Write(_folder.File("x.safetensors"), PublishedModel.ClipTensors());
        using (var set = Open(ModelKind.ImageEncoder))
            ComponentConfig.Clip(set).ShouldBe(PublishedModel.Clip);
    }

    [Fact]
    public void The_published_files_have_just_the_size_of_these_tensors_and_a_header()
    {
        // Sizes of Comfy-Org's wan2.2_ti2v_5B_fp16, wan_2.1_vae, wan2.2_vae and umt5_xxl_fp16 (with its tokenizer).
        Header(9_999_658_848, PublishedModel.TransformerTensors("wan2.2_ti2v_5B")).ShouldBeInRange(50_000, 150_000);
        Header(253_815_318, PublishedModel.VaeTensors(VaeConfig.Wan21)).ShouldBeInRange(15_000, 50_000);
        Header(1_409_400_960, PublishedModel.VaeTensors(VaeConfig.Wan22)).ShouldBeInRange(15_000, 60_000);
        Header(11_366_399_385, [.. PublishedModel.TextTensors(), ("spiece_model", "U8", [4_548_313])]).ShouldBeInRange(15_000, 60_000);
    }

    [Fact]
    public void A_config_of_its_class_beside_the_file_takes_precedence_and_others_are_ignored()
    {
        HeaderFile.Write(_folder.File("x.safetensors"), PublishedModel.TransformerTensors("wan2.2_ti2v_5B"));
        File.WriteAllText(_folder.File("x.json"), """{"description": "a nice model"}""");
        File.WriteAllText(_folder.File("config.json"), """{"_class_name": "WanModel", "dim": 3072}""");
        using var set = Open(ModelKind.Transformer);
        ComponentConfig.Transformer(set).Heads.ShouldBe(24);

        File.WriteAllText(_folder.File("config.json"), """{"_class_name": "WanTransformer3DModel", "num_attention_heads": 48, "attention_head_dim": 64}""");
        ComponentConfig.Transformer(set).HeadDim.ShouldBe(64);
    }

    [Fact]
    public void Missing_and_misshapen_tensors_are_named_with_the_file_before_data_is_read()
    {
        var whole = PublishedModel.TransformerTensors("wan2.2_ti2v_5B");

        Refusal([.. whole.Where(t => !t.Name.StartsWith("blocks.17."))]).ShouldContain("lacks every tensor of \"blocks.17\", but has \"blocks.29\"");
        Refusal([.. whole.Where(t => t.Name != "blocks.3.self_attn.norm_q.weight")]).ShouldContain("lacks tensor \"blocks.3.attn1.norm_q.weight\" of shape [3072]");
        Refusal([.. whole.Where(t => t.Name != "head.head.weight")]).ShouldContain("lacks tensor \"proj_out.weight\"");
        Refusal(Reshaped(whole, "patch_embedding.weight", [3000, 48, 1, 2, 2]))
            .ShouldContain("x.safetensors: tensor \"patch_embedding.weight\" of shape [3000, 48, 1, 2, 2] has 3000 channels");
        Refusal(Reshaped(whole, "patch_embedding.weight", [3072, 192])).ShouldContain("5 axes");
        Refusal(Reshaped(whole, "patch_embedding.weight", [0, 48, 1, 2, 2])).ShouldContain("cannot be");
        Refusal(Reshaped(whole, "head.head.weight", [191, 3072])).ShouldContain("\"head.head.weight\" of shape [191, 3072] gives 191 numbers");
        Refusal(Reshaped(whole, "blocks.7.ffn.2.weight", [3072, 14335]))
            .ShouldContain("\"blocks.7.ffn.2.weight\" has shape [3072, 14335]; the model's configuration asks for [3072, 14336]");
        Refusal([.. whole, ("blocks.0.cross_attn.k_img.weight", "F16", [3072L, 3072])]).ShouldContain("\"blocks.0.cross_attn.k_img.weight\" belongs to no image-to-video transformer");
        Refusal(Reshaped(whole, "time_embedding.0.weight", [3072, 255])).ShouldContain("takes 255 numbers; pairs of cosine and sine need an even number");
        Refusal([.. whole, ("blocks.2000000000.norm3.weight", "F16", [1L])]).ShouldContain("lacks every tensor of \"blocks.30\"");
    }

    [Fact]
    public void Other_vaes_and_encoders_are_rejected()
    {
        VaeRefusal(Reshaped(PublishedModel.VaeTensors(VaeConfig.Wan21), "decoder.conv1.weight", [384, 4, 3, 3, 3])).ShouldContain("\"decoder.conv1.weight\" of shape [384, 4, 3, 3, 3] takes 4 latent channels");
        VaeRefusal(Reshaped(PublishedModel.VaeTensors(VaeConfig.Wan21), "encoder.conv1.weight", [96, 7, 3, 3, 3])).ShouldContain("takes 7 channels");
        VaeRefusal(Reshaped(PublishedModel.VaeTensors(VaeConfig.Wan21), "encoder.downsamples.3.residual.2.weight", [100, 96, 3, 3, 3])).ShouldContain("no multiple of the first level's, 96");

        HeaderFile.Write(_folder.File("x.safetensors"), Reshaped(PublishedModel.TextTensors(), "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight", [32, 63]));
        using (var text = Open(ModelKind.TextEncoder))
            Should.Throw<CheckpointException>(() => ComponentConfig.Text(text)).Message.ShouldContain("cannot be split into the 63 heads");

        HeaderFile.Write(_folder.File("x.safetensors"), Reshaped(PublishedModel.ClipTensors(), "vision_model.embeddings.position_embedding.weight", [250, 1280]));
        using var clip = Open(ModelKind.ImageEncoder);
        Should.Throw<CheckpointException>(() => ComponentConfig.Clip(clip)).Message.ShouldContain("is not one position for each patch");
    }

    public void Dispose() => _folder.Dispose();

    private long Header(long published, IEnumerable<(string, string, long[])> tensors) => published - HeaderFile.Write(_folder.File("x.safetensors"), tensors);

    private TensorSet Open(ModelKind kind) => TensorSet.Open(_folder.File("x.safetensors"), kind);

    private string Refusal(IEnumerable<(string, string, long[])> tensors)
    {
        HeaderFile.Write(_folder.File("x.safetensors"), tensors);
        return Should.Throw<CheckpointException>(() => TransformerFile.Read(_folder.File("x.safetensors"))).Message;
    }

    private string VaeRefusal(IEnumerable<(string, string, long[])> tensors)
    {
        HeaderFile.Write(_folder.File("x.safetensors"), tensors);
        using var set = Open(ModelKind.Vae);
        return Should.Throw<CheckpointException>(() => ComponentConfig.Vae(set)).Message;
    }

    private static (string, string, long[])[] Reshaped(IEnumerable<(string Name, string Type, long[] Shape)> tensors, string name, long[] shape)
    {
        var list = tensors.ToArray();
        var at = Array.FindIndex(list, tensor => tensor.Name == name);
        list[at] = (name, list[at].Type, shape);
        return list;
    }

    private static string Json<T>(T config) => JsonSerializer.Serialize(config);
}
