namespace Kinema.Wan.Checkpoints.Naming;

/// <summary>
/// The CLIP image encoder in the names of its authors: query, key and value in one matrix. Only CLIP's vision tower is loaded; the text tower has another
/// prefix.
/// </summary>
internal sealed class ImageEncoderNaming : KeyNaming
{
    private readonly string _layers;
    private readonly string _joined;
    private readonly IReadOnlyList<(string From, string To)> _top;
    private readonly IReadOnlyList<(string From, string To)> _layer;

    private ImageEncoderNaming(string marker, string layers, string joined, IReadOnlyList<(string, string)> top, IReadOnlyList<(string, string)> layer)
        : base(ModelKind.ImageEncoder, marker) => (_layers, _joined, _top, _layer) = (layers, joined, top, layer);

    /// <summary>The names of Wan's own code (wan/modules/clip.py): the embeddings have leading axes of length 1.</summary>
    public static ImageEncoderNaming Wan { get; } = new(
        "transformer.0.attn.to_qkv.weight",
        "transformer.",
        "attn.to_qkv.",
        [
            ("cls_embedding", "embeddings.class_embedding"),
            ("pos_embedding", "embeddings.position_embedding.weight"),
            ("patch_embedding.", "embeddings.patch_embedding."),
            ("pre_norm.", "pre_layrnorm."),
            ("post_norm.", "post_layernorm."),
        ],
        [
            ("norm1.", "layer_norm1."),
            ("norm2.", "layer_norm2."),
            ("attn.proj.", "self_attn.out_proj."),
            ("mlp.0.", "mlp.fc1."),
            ("mlp.2.", "mlp.fc2."),
        ]);

    /// <summary>The names of OpenCLIP (open_clip/transformer.py); Wan 2.1's encoder is its ViT-H/14.</summary>
    public static ImageEncoderNaming OpenClip { get; } = new(
        "ln_pre.weight",
        "transformer.resblocks.",
        "attn.in_proj_",
        [
            ("class_embedding", "embeddings.class_embedding"),
            ("positional_embedding", "embeddings.position_embedding.weight"),
            ("conv1.", "embeddings.patch_embedding."),
            ("ln_pre.", "pre_layrnorm."),
            ("ln_post.", "post_layernorm."),
        ],
        [
            ("ln_1.", "layer_norm1."),
            ("ln_2.", "layer_norm2."),
            ("attn.out_proj.", "self_attn.out_proj."),
            ("mlp.c_fc.", "mlp.fc1."),
            ("mlp.c_proj.", "mlp.fc2."),
        ]);

    public override IEnumerable<StoredTensor> Rename(IReadOnlyList<StoredTensor> tensors) =>
        tensors.SelectMany(RenameOne).Select(t => t with { Name = "vision_model." + t.Name });

    private IEnumerable<StoredTensor> RenameOne(StoredTensor tensor)
    {
        if (TrySplit(tensor.Name, _layers, out var number, out var rest))
        {
            var layer = $"encoder.layers.{number}.";
            return rest.StartsWith(_joined, StringComparison.Ordinal)
                ? tensor.SplitRows(3).Zip("qkv", (part, letter) => part with { Name = $"{layer}self_attn.{letter}_proj.{rest[_joined.Length..]}" })
                : [tensor with { Name = layer + (Replace(rest, _layer) ?? rest) }];
        }

        return Replace(tensor.Name, _top) is { } name ? [tensor.WithoutLeadingOnes() with { Name = name }] : [];
    }
}
