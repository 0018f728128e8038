using Kinema.Wan.Checkpoints;
using Kinema.Wan.Convolutions;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>Doubles height and width, and for temporal levels the number of frames.</summary>
/// <remarks>
/// x: [B, Cin, T, H, W] → [B, Cout, T or 2T, 2H, 2W]. In time a causal convolution computes the channels of two frames from one frame. The first chunk skips
/// it, and the second starts it from zeros, not from the first frame. In space every pixel is repeated, followed by a 3×3 convolution.
/// </remarks>
internal sealed class Upsample(IWeights weights, long inChannels, long outChannels, bool temporal) : IVaeStage
{
    private readonly PaddedConvolution _space = new(weights.At("resample.1."), [outChannels, inChannels, 3, 3], padding: [1, 1]);
    private readonly CausalConv3d? _time = temporal ? new CausalConv3d(weights.At("time_conv."), inChannels, 2 * inChannels, kernelSpace: 1) : null;

    public Tensor Apply(Tensor x, VaePass pass)
    {
        pass.ThrowIfCancelled();
        using var scope = NewDisposeScope();

        var pictures = _time is null || pass.IsFirstChunk ? VideoLayout.FramesToBatch(x) : Interleave(_time.Apply(x, pass));
        // "nearest" and the reference's "nearest-exact" are the same for a factor of 2.
        var larger = nn.functional.interpolate(pictures, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
        return VideoLayout.BatchToFrames(_space.Apply(larger), x.shape[0]).MoveToOuterDisposeScope();
    }

    /// <summary>[B, 2C, T, H, W] → [B·2T, C, H, W]: the first C channels of a frame become one frame, the others the next frame.</summary>
    private static Tensor Interleave(Tensor pairs) =>
        pairs.permute(0, 2, 3, 4, 1).unflatten(4, [2, -1]).permute(0, 1, 4, 2, 3, 5).flatten(0, 2).permute(0, 3, 1, 2);
}
