using System.Globalization;
using System.Text.RegularExpressions;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>Converts Diffusers names to those of Wan's own code, independently of the product's tables: by replacement, as in diffusers' script.</summary>
internal static partial class OriginalNames
{
    private static readonly (string Diffusers, string Original)[] _transformer =
    [
        ("condition_embedder.time_embedder.linear_1", "time_embedding.0"), ("condition_embedder.time_embedder.linear_2", "time_embedding.2"),
        ("condition_embedder.text_embedder.linear_1", "text_embedding.0"), ("condition_embedder.text_embedder.linear_2", "text_embedding.2"),
        ("condition_embedder.time_proj", "time_projection.1"),
        ("condition_embedder.image_embedder.norm1", "img_emb.proj.0"), ("condition_embedder.image_embedder.ff.net.0.proj", "img_emb.proj.1"),
        ("condition_embedder.image_embedder.ff.net.2", "img_emb.proj.3"), ("condition_embedder.image_embedder.norm2", "img_emb.proj.4"),
        ("condition_embedder.image_embedder.pos_embed", "img_emb.emb_pos"),
        ("proj_out", "head.head"), ("ffn.net.0.proj", "ffn.0"), ("ffn.net.2", "ffn.2"),
        (".norm2.", ".norm3."), ("attn1.", "self_attn."), ("attn2.", "cross_attn."), ("to_out.0", "o"),
        ("to_q", "q"), ("to_k", "k"), ("to_v", "v"), ("add_k_proj", "k_img"), ("add_v_proj", "v_img"), ("norm_added_k", "norm_k_img"),
    ];

    private static readonly (string Diffusers, string Original)[] _text =
    [
        ("encoder.block.", "blocks."), ("layer.0.SelfAttention.relative_attention_bias", "pos_embedding.embedding"), ("layer.0.SelfAttention", "attn"),
        ("layer.0.layer_norm", "norm1"), ("layer.1.layer_norm", "norm2"), ("layer.1.DenseReluDense.wi_0", "ffn.gate.0"),
        ("layer.1.DenseReluDense.wi_1", "ffn.fc1"), ("layer.1.DenseReluDense.wo", "ffn.fc2"), ("encoder.final_layer_norm", "norm"), ("shared", "token_embedding"),
    ];

    private static readonly (string Diffusers, string Original)[] _image =
    [
        ("vision_model.encoder.layers.", "visual.transformer."), ("vision_model.embeddings.class_embedding", "visual.cls_embedding"),
        ("vision_model.embeddings.position_embedding.weight", "visual.pos_embedding"), ("vision_model.embeddings.", "visual."),
        ("vision_model.pre_layrnorm", "visual.pre_norm"), ("vision_model.post_layernorm", "visual.post_norm"),
        ("layer_norm1", "norm1"), ("layer_norm2", "norm2"), ("self_attn.out_proj", "attn.proj"), ("mlp.fc1", "mlp.0"), ("mlp.fc2", "mlp.2"),
    ];

    private static readonly (string Diffusers, string Original)[] _openClip =
    [
        ("vision_model.encoder.layers.", "visual.transformer.resblocks."), ("vision_model.embeddings.class_embedding", "visual.class_embedding"),
        ("vision_model.embeddings.position_embedding.weight", "visual.positional_embedding"), ("vision_model.embeddings.patch_embedding", "visual.conv1"),
        ("vision_model.pre_layrnorm", "visual.ln_pre"), ("vision_model.post_layernorm", "visual.ln_post"),
        ("layer_norm1", "ln_1"), ("layer_norm2", "ln_2"), ("self_attn.out_proj", "attn.out_proj"), ("mlp.fc1", "mlp.c_fc"), ("mlp.fc2", "mlp.c_proj"),
    ];

    private static readonly (string Diffusers, string Original)[] _vae =
    [
        ("post_quant_conv.", "conv2."), ("quant_conv.", "conv1."), ("conv_in.", "conv1."), ("norm_out.", "head.0."), ("conv_out.", "head.2."),
        ("mid_block.resnets.0.", "middle.0."), ("mid_block.attentions.0.", "middle.1."), ("mid_block.resnets.1.", "middle.2."),
    ];

    private static readonly (string Diffusers, string Original)[] _residual =
        [("norm1.", "residual.0."), ("conv1.", "residual.2."), ("norm2.", "residual.3."), ("conv2.", "residual.6."), ("conv_shortcut.", "shortcut.")];

    public static string Transformer(string name)
    {
        if (name == "scale_shift_table")
            return "head.modulation";
        return _transformer.Aggregate(name, (n, pair) => n.Replace(pair.Diffusers, pair.Original)).Replace("scale_shift_table", "modulation");
    }

    public static string Text(string name) => _text.Aggregate(name, (n, pair) => n.Replace(pair.Diffusers, pair.Original));

    public static string Image(string name) => _image.Aggregate(name, (n, pair) => n.Replace(pair.Diffusers, pair.Original));

    public static string OpenClip(string name) => _openClip.Aggregate(name, (n, pair) => n.Replace(pair.Diffusers, pair.Original));

    /// <param name="name">The Diffusers name.</param>
    /// <param name="blocks">Residual blocks of a decoder stage.</param>
    public static string Vae(string name, int blocks)
    {
        var inBlock = name.Contains("_blocks.") || name.Contains("mid_block.resnets");
        if (inBlock)
            name = _residual.Aggregate(name, (n, pair) => n.Replace("." + pair.Diffusers, "." + pair.Original));
        if (!name.Contains("_blocks.") || name.Contains("mid_block"))
            return _vae.Aggregate(name, (n, pair) => n.Replace(pair.Diffusers, pair.Original));

        // 2.2 has stages of its own; 2.1 counts through, each stage followed by its resampling.
        if (name.Contains(".downsampler."))
            return Number(name, "down_blocks", "downsampler", (stage, _) => $"downsamples.{stage}.downsamples.{blocks - 1}");
        if (name.Contains(".upsampler."))
            return Number(name, "up_blocks", "upsampler", (stage, _) => $"upsamples.{stage}.upsamples.{blocks}");
        if (name.Contains(".upsamplers.0."))
            return Number(name, "up_blocks", "upsamplers.0", (stage, _) => $"upsamples.{(stage * (blocks + 1)) + blocks}");
        return name;
    }

    /// <summary>The names of resnets of stages; they depend on the version.</summary>
    public static string VaeStages(string name, int blocks, bool isStaged)
    {
        if (isStaged)
        {
            return DownResnet().Replace(UpResnet().Replace(name, "upsamples.$1.upsamples.$2."), "downsamples.$1.downsamples.$2.");
        }

        var flat = UpResnet().Replace(name, m => $"upsamples.{(Int(m.Groups[1].Value) * (blocks + 1)) + Int(m.Groups[2].Value)}.");
        return flat.Replace("down_blocks.", "downsamples.");
    }

    private static string Number(string name, string list, string part, Func<int, int, string> name2) =>
        Regex.Replace(name, $@"{list}\.(\d+)\.{Regex.Escape(part)}", m => name2(Int(m.Groups[1].Value), 0));

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"up_blocks\.(\d+)\.resnets\.(\d+)\.")]
    private static partial Regex UpResnet();

    [GeneratedRegex(@"down_blocks\.(\d+)\.resnets\.(\d+)\.")]
    private static partial Regex DownResnet();
}
