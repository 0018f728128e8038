using Kinema.Wan.Checkpoints;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Pipelines;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>Tensors of the published models, under the names that the repackaged single files have.</summary>
internal static class PublishedModel
{
    public static TextEncoderConfig UmT5 { get; } = TextEncoderConfig.From(ModelConfig.Parse("{}", "umt5-xxl"));

    public static ClipConfig Clip { get; } =
        new() { HiddenSize = 1280, IntermediateSize = 5120, Layers = 32, Heads = 16, PatchSize = 14, QuickGelu = false };

    /// <summary>wan/configs and the config.json files of Wan-AI.</summary>
    public static WanTransformerConfig Config(string model) => Transformer(model switch
    {
        "wan2.2_i2v_14B" => """{"in_channels": 36}""",
        "wan2.1_i2v_14B" => """{"in_channels": 36, "image_dim": 1280, "added_kv_proj_dim": 5120}""",
        "wan2.1_flf2v_14B" => """{"in_channels": 36, "image_dim": 1280, "added_kv_proj_dim": 5120, "pos_embed_seq_len": 514}""",
        "wan2.2_ti2v_5B" => """{"in_channels": 48, "out_channels": 48, "num_attention_heads": 24, "ffn_dim": 14336, "num_layers": 30}""",
        "wan2.1_fun_inp_1.3B" => """{"in_channels": 36, "num_attention_heads": 12, "ffn_dim": 8960, "num_layers": 30, "image_dim": 1280, "added_kv_proj_dim": 1536}""",
        "wan2.1_fun_control_14B" => """{"in_channels": 48, "image_dim": 1280, "added_kv_proj_dim": 5120}""",
        "wan2.1_fun_camera_14B" => """{"in_channels": 32, "image_dim": 1280, "added_kv_proj_dim": 5120}""",
        "wan2.2_fun_control_14B" => """{"in_channels": 52}""",
        "wan2.2_fun_inp_5B" => """{"in_channels": 100, "out_channels": 48, "num_attention_heads": 24, "ffn_dim": 14336, "num_layers": 30}""",
        "wan2.1_t2v_14B" => "{}",
        "wan2.1_t2v_1.3B" => """{"num_attention_heads": 12, "ffn_dim": 8960, "num_layers": 30}""",
        _ => throw new ArgumentException(model),
    });

    /// <summary>A checkpoint of such shapes that has no files.</summary>
    public static Checkpoint Checkpoint(string model, VaeConfig vae, bool expandTimesteps) => new()
    {
        Name = model,
        Paths = new Dictionary<ComponentName, string> { [ComponentName.Transformer] = model },
        Tokenizer = "",
        Transformer = Config(model),
        Vae = vae,
        Text = UmT5,
        ExpandTimesteps = expandTimesteps,
    };

    public static IReadOnlyList<(string Name, string Type, long[] Shape)> TransformerTensors(string model, string type = "F16", string prefix = "") =>
        Typed(ShapeRecorder.Of(weights => new WanTransformer(Config(model), weights)), type, name => prefix + OriginalNames.Transformer(name));

    public static IReadOnlyList<(string Name, string Type, long[] Shape)> VaeTensors(VaeConfig config, string type = "BF16") =>
        Typed(ShapeRecorder.Of(weights => new WanVae(weights, config)), type, name => OriginalNames.VaeStages(OriginalNames.Vae(name, 3), 3, config.IsResidual));

    public static IReadOnlyList<(string Name, string Type, long[] Shape)> TextTensors(string type = "F16") =>
        Typed(ShapeRecorder.Of(weights => new TextEncoder(UmT5, weights)), type, name => name);

    /// <summary>With the last layer and the projection, which the files have and Wan does not use.</summary>
    public static IReadOnlyList<(string Name, string Type, long[] Shape)> ClipTensors(string type = "F16") =>
    [
        .. Typed(ShapeRecorder.Of(weights => new ClipImageEncoder(weights, Clip with { Layers = Clip.Layers + 1 })), type, name => name),
        ("vision_model.post_layernorm.weight", type, [1280]),
        ("vision_model.post_layernorm.bias", type, [1280]),
        ("visual_projection.weight", type, [1024, 1280]),
    ];

    private static WanTransformerConfig Transformer(string json) => WanTransformerConfig.From(ModelConfig.Parse(json, "config.json"));

    private static (string, string, long[])[] Typed(IEnumerable<(string Name, long[] Shape)> tensors, string type, Func<string, string> rename) =>
        [.. tensors.Select(tensor => (rename(tensor.Name), type, tensor.Shape))];
}
