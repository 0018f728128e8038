using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Text;

/// <summary>Infers a umT5 encoder's configuration from the shapes of its tensors.</summary>
internal static class TextEncoderShapes
{
    private const string Block = "encoder.block.0.", Bias = $"{Block}layer.0.SelfAttention.relative_attention_bias.weight", Query = $"{Block}layer.0.SelfAttention.q.weight";

    /// <exception cref="CheckpointException">The shapes match no umT5 encoder; the message names file and tensor.</exception>
    public static TextEncoderConfig Infer(TensorShapes shapes)
    {
        var embedding = shapes.Of(shapes.Has("shared.weight") ? "shared.weight" : "encoder.embed_tokens.weight", 2);
        var (bias, inner) = (shapes.Of(Bias, 2), shapes.Of(Query, 2)[0]);
        if (inner % bias[1] != 0)
            throw shapes.Wrong(Query, $"cannot be split into the {bias[1]} heads of the relative bias");
        if (bias[0] < 4)
            throw shapes.Wrong(Bias, "has fewer than 4 distance buckets");

        return new()
        {
            Vocabulary = embedding[0],
            Dim = embedding[1],
            Heads = bias[1],
            HeadDim = inner / bias[1],
            FeedForwardDim = shapes.Of($"{Block}layer.1.DenseReluDense.wi_0.weight", 2)[0],
            Layers = shapes.Count("encoder.block."),
            DistanceBuckets = bias[0],
            MaximumDistance = 128,
            Epsilon = 1e-6,
        };
    }
}
