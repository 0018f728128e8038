namespace Kinema.Wan.Checkpoints.Naming;

/// <summary>
/// The CLIP image encoder as Wan's own code names it (wan/modules/clip.py): beside a text half that nothing here needs, query, key and value in one
/// matrix, and the embeddings with axes of length 1 in front.
/// </summary>
internal sealed class ImageEncoderNaming() : KeyNaming(ModelKind.ImageEncoder, "visual.cls_embedding")
{
    private const string Visual = "visual.";

    private static readonly (string From, string To)[] _top =
    [
        ("cls_embedding", "embeddings.class_embedding"),
        ("pos_embedding", "embeddings.position_embedding.weight"),
        ("patch_embedding.", "embeddings.patch_embedding."),
        ("pre_norm.", "pre_layrnorm."),
        ("post_norm.", "post_layernorm."),
    ];

    private static readonly (string From, string To)[] _layer =
    [
        ("norm1.", "layer_norm1."),
        ("norm2.", "layer_norm2."),
        ("attn.proj.", "self_attn.out_proj."),
        ("mlp.0.", "mlp.fc1."),
        ("mlp.2.", "mlp.fc2."),
    ];

    public override IEnumerable<StoredTensor> Rename(IReadOnlyList<StoredTensor> tensors) => tensors
        .Where(t => t.Name.StartsWith(Visual, StringComparison.Ordinal))
        .SelectMany(t => RenameOne(t with { Name = t.Name[Visual.Length..] }))
        .Select(t => t with { Name = "vision_model." + t.Name });

    private static IEnumerable<StoredTensor> RenameOne(StoredTensor tensor)
    {
        if (TrySplit(tensor.Name, "transformer.", out var number, out var rest))
        {
            var layer = $"encoder.layers.{number}.";
            return rest.StartsWith("attn.to_qkv.", StringComparison.Ordinal)
                ? tensor.SplitRows(3).Zip("qkv", (part, letter) => part with { Name = $"{layer}self_attn.{letter}_proj.{rest["attn.to_qkv.".Length..]}" })
                : [tensor with { Name = layer + (Replace(rest, _layer) ?? rest) }];
        }

        return Replace(tensor.Name, _top) is { } name ? [tensor.WithoutLeadingOnes() with { Name = name }] : [];
    }
}
