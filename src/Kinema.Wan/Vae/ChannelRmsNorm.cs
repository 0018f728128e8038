using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>Root-mean-square norm over the channels of every pixel: x / max(‖x‖₂, 1e-12) · √C · γ.</summary>
/// <remarks>x: [N, C, ...] → same shape. AutoencoderKLWan's "RMS_norm"; γ is stored as [C, 1, 1] for images and [C, 1, 1, 1] for video.</remarks>
internal sealed class ChannelRmsNorm(IWeights weights, long channels, int trailingAxes)
{
    private readonly Tensor _gamma = weights.Get("gamma", [channels, .. Enumerable.Repeat(1L, trailingAxes)]);
    private readonly double _rootOfChannels = Math.Sqrt(channels);

    public Tensor Apply(Tensor x)
    {
        using var length = RootMeanSquare(x);
        return x.div(length).mul_(_gamma);
    }

    /// <summary>SiLU of the norm of <paramref name="x"/>, written into <paramref name="target"/>.</summary>
    public void WriteActivated(Tensor x, Tensor target)
    {
        using var length = RootMeanSquare(x);
        target.copy_(x).div_(length).mul_(_gamma).silu_();
    }

    private Tensor RootMeanSquare(Tensor x) =>
        x.NormAlong(1).AtLeastInPlace(1e-12).DivideInPlace(_rootOfChannels);
}
