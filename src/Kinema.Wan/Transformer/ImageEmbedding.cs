using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Projects CLIP's image tokens to context tokens (Wan 2.1): norm, feed-forward with the exact GELU, norm.</summary>
/// <remarks>
/// Its layer norms have ε = 1e-5, not the config's. With position embeddings, the tokens of first and last image are joined before the addition.
/// </remarks>
internal sealed class ImageEmbedding(IWeights weights, int channels, WanTransformerConfig config, DerivedTensors derived)
{
    private const double Epsilon = 1e-5;

    private readonly Tensor? _positions = config.ImagePositions is { } length ? weights.Get("pos_embed", 1, length, channels) : null;
    private readonly Tensor _weight1 = derived.ToFloat32(weights.Get("norm1.weight", channels));
    private readonly Tensor _bias1 = derived.ToFloat32(weights.Get("norm1.bias", channels));
    private readonly Tensor _weight2 = derived.ToFloat32(weights.Get("norm2.weight", config.Dim));
    private readonly Tensor _bias2 = derived.ToFloat32(weights.Get("norm2.bias", config.Dim));
    private readonly FeedForward _feedForward = FeedForward.From(weights.At("ff."), channels, channels, config.Dim, exactGelu: true);

    /// <summary>image: [batch·images, tokens, channels] → [batch, images·tokens, dim].</summary>
    public Tensor Apply(Tensor image)
    {
        using var scope = NewDisposeScope();
        if (_positions is not null)
            image = image.reshape(-1, 2 * image.shape[1], image.shape[2]).Plus(_positions);

        var normed = Fp32LayerNorm.Apply(image, _weight1, _bias1, Epsilon);
        return Fp32LayerNorm.Apply(_feedForward.Apply(normed), _weight2, _bias2, Epsilon).MoveToOuterDisposeScope();
    }
}
