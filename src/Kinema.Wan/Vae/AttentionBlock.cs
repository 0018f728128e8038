using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>Spatial self-attention within each frame, with one head as wide as the channels, plus a residual connection.</summary>
/// <remarks>x: [B, C, T, H, W] → same shape. Frames do not attend to each other, so there is nothing to cache.</remarks>
internal sealed class AttentionBlock(IWeights weights, long channels) : IVaeStage
{
    private readonly ChannelRmsNorm _norm = new(weights.At("norm."), channels, 2);
    private readonly Tensor _toQkv = weights.Get("to_qkv.weight", 3 * channels, channels, 1, 1);
    private readonly Tensor _toQkvBias = weights.Get("to_qkv.bias", 3 * channels);
    private readonly Tensor _proj = weights.Get("proj.weight", channels, channels, 1, 1);
    private readonly Tensor _projBias = weights.Get("proj.bias", channels);

    public Tensor Apply(Tensor x, VaePass pass)
    {
        pass.ThrowIfCancelled();
        using var scope = NewDisposeScope();
        var (batch, height, width) = (x.shape[0], x.shape[3], x.shape[4]);

        var tokens = _norm.Apply(VideoLayout.FramesToBatch(x)).permute(0, 2, 3, 1).reshape(-1, 1, height * width, channels);
        var qkv = nn.functional.linear(tokens, _toQkv.flatten(1), _toQkvBias).chunk(3, -1);
        var mixed = nn.functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]);
        var pictures = nn.functional.linear(mixed, _proj.flatten(1), _projBias).reshape(-1, height, width, channels).permute(0, 3, 1, 2);

        return VideoLayout.BatchToFrames(pictures, batch).AddInPlace(x).MoveToOuterDisposeScope();
    }
}
