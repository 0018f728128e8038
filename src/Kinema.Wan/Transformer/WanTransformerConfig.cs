using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Transformer;

/// <summary>The configuration of a Wan transformer, from <c>transformer/config.json</c>. Absent keys take the defaults of diffusers.</summary>
internal sealed record WanTransformerConfig
{
    /// <summary>diffusers' class name of the supported transformers; unsupported variants have other classes.</summary>
    public const string ClassName = "WanTransformer3DModel";

    /// <summary>Latent frames, rows and columns of one token.</summary>
    public required IReadOnlyList<int> PatchSize { get; init; }

    public required int Heads { get; init; }

    public required int HeadDim { get; init; }

    public required int InChannels { get; init; }

    public required int OutChannels { get; init; }

    public required int TextDim { get; init; }

    /// <summary>Channels of the timestep's sinusoid.</summary>
    public required int FrequencyDim { get; init; }

    public required int FeedForwardDim { get; init; }

    public required int Layers { get; init; }

    /// <summary>Whether a layer norm with weights precedes cross-attention.</summary>
    public required bool CrossAttentionNorm { get; init; }

    public required double Epsilon { get; init; }

    /// <summary>Channels of the image tokens (Wan 2.1); null without image tokens.</summary>
    public int? ImageDim { get; init; }

    /// <summary>Input channels of the keys and values of the image tokens.</summary>
    public int? AddedKeyDim { get; init; }

    /// <summary>Maximum positions per axis.</summary>
    public required int MaximumPositions { get; init; }

    /// <summary>Image tokens of both images together, if they have position embeddings (first and last frame).</summary>
    public int? ImagePositions { get; init; }

    /// <summary>Channels of the hidden states.</summary>
    public int Dim => Heads * HeadDim;

    /// <summary>Latent positions in one token.</summary>
    public int PatchVolume => PatchSize[0] * PatchSize[1] * PatchSize[2];

    public static WanTransformerConfig From(ModelConfig config)
    {
        if (config.Has("_class_name") && !config.Is("_class_name", ClassName))
            throw config.Wrong($"_class_name must be {ClassName}; got {config.Text("_class_name", "")}. Only Wan's image-to-video models are supported, not VACE, Animate and other variants.");

        var patch = config.Ints("patch_size", 1, 2, 2);
        if (patch.Count != 3 || patch.Any(side => side is < 1 or > 16))
            throw config.Wrong("patch_size must be three numbers from 1 to 16.");

        return new()
        {
            PatchSize = patch,
            Heads = config.Int("num_attention_heads", 40),
            HeadDim = config.Int("attention_head_dim", 128),
            InChannels = config.Int("in_channels", 16),
            OutChannels = config.Int("out_channels", 16),
            TextDim = config.Int("text_dim", 4096),
            FrequencyDim = config.Int("freq_dim", 256),
            FeedForwardDim = config.Int("ffn_dim", 13_824),
            Layers = config.Int("num_layers", 40),
            CrossAttentionNorm = config.Flag("cross_attn_norm", true),
            Epsilon = config.Number("eps", 1e-6),
            ImageDim = config.OptionalInt("image_dim"),
            AddedKeyDim = config.OptionalInt("added_kv_proj_dim"),
            MaximumPositions = config.Int("rope_max_seq_len", 1024),
            ImagePositions = config.OptionalInt("pos_embed_seq_len"),
        };
    }
}
