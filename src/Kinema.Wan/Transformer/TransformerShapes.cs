using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Transformer;

/// <summary>Infers a transformer's configuration from the shapes of its tensors. Settings that shapes cannot reveal use the published defaults.</summary>
internal static class TransformerShapes
{
    /// <summary>Channels of one head in every published model: 1536 / 12, 3072 / 24 and 5120 / 40.</summary>
    private const int HeadDim = 128;

    private const string Patch = "patch_embedding.weight", Out = "proj_out.weight", Embedder = "condition_embedder.", Times = $"{Embedder}time_embedder.linear_1.weight";

    /// <exception cref="CheckpointException">The shapes match no model of the family; the message names file and tensor.</exception>
    public static WanTransformerConfig Infer(TensorShapes shapes)
    {
        var patch = shapes.Of(Patch, 5);
        var (dim, inChannels, volume) = (patch[0], patch[1], (long)patch[2] * patch[3] * patch[4]);
        if (dim % HeadDim != 0)
            throw shapes.Wrong(Patch, $"has {dim} channels, not a multiple of the head dimension {HeadDim}; a config.json beside the file must say how many heads there are");
        if (patch.Skip(2).Any(side => side > 16))
            throw shapes.Wrong(Patch, "makes patches with a side above 16");

        var outputs = shapes.Of(Out, 2)[0];
        if (outputs % volume != 0)
            throw shapes.Wrong(Out, $"gives {outputs} numbers for a patch of {volume}");

        var frequencies = shapes.Of(Times, 2)[1];
        if (frequencies % 2 != 0)
            throw shapes.Wrong(Times, $"takes {frequencies} numbers; pairs of cosine and sine need an even number");

        var image = $"{Embedder}image_embedder.";
        int? imageDim = shapes.Has($"{image}norm1.weight") ? shapes.Of($"{image}norm1.weight", 1)[0] : null;
        return new()
        {
            PatchSize = [.. patch.Skip(2)],
            Heads = dim / HeadDim,
            HeadDim = HeadDim,
            InChannels = inChannels,
            OutChannels = (int)(outputs / volume),
            TextDim = shapes.Of($"{Embedder}text_embedder.linear_1.weight", 2)[1],
            FrequencyDim = frequencies,
            FeedForwardDim = shapes.Of("blocks.0.ffn.net.0.proj.weight", 2)[0],
            Layers = shapes.Count("blocks."),
            CrossAttentionNorm = shapes.Has("blocks.0.norm2.weight"),
            Epsilon = 1e-6,
            ImageDim = imageDim,
            AddedKeyDim = imageDim is null ? null : dim,
            MaximumPositions = 1024,
            ImagePositions = shapes.Has($"{image}pos_embed") ? shapes.Of($"{image}pos_embed", 3)[1] : null,
        };
    }
}
