using Kinema.Wan.Checkpoints;
using Kinema.Wan.Convolutions;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>Halves height and width, and for temporal levels the number of frames.</summary>
/// <remarks>
/// x: [B, C, T, H, W] → [B, C, T or T/2, H/2, W/2]. In space a 3×3 convolution with stride 2, zero-padded by one row and column at the bottom and right only.
/// In time a kernel of 3 with stride 2 over the chunk and the one frame before it; the first frame of a video stays unchanged.
/// </remarks>
internal sealed class Downsample(IWeights weights, long channels, bool temporal) : IVaeStage
{
    private readonly PaddedConvolution _space = new(weights.At("resample.1."), [channels, channels, 3, 3], strides: [2, 2]);
    private readonly PaddedConvolution? _time = temporal ? new(weights.At("time_conv."), [channels, channels, 3, 1, 1], strides: [2, 1, 1]) : null;

    public Tensor Apply(Tensor x, VaePass pass)
    {
        pass.ThrowIfCancelled();
        using var scope = NewDisposeScope();

        var padded = nn.functional.pad(VideoLayout.FramesToBatch(x), [0L, 1, 0, 1, 0, _space.PaddedInChannels - channels]);
        var smaller = VideoLayout.BatchToFrames(_space.Apply(padded), x.shape[0]);
        return (_time is null ? smaller : Shorten(smaller, _time, pass)).MoveToOuterDisposeScope();
    }

    private Tensor Shorten(Tensor x, PaddedConvolution time, VaePass pass)
    {
        var past = pass.CachedFrames(this);
        var joined = past is null ? null : cat([past, x], 2);
        pass.CacheFrames(this, x.narrow(2, x.shape[2] - 1, 1));
        return joined is null ? x : time.Apply(joined);
    }
}
