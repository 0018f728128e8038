using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>Halves height and width, and the number of frames too where the checkpoint says so.</summary>
/// <remarks>
/// x: [B, C, T, H, W] → [B, C, T or T/2, H/2, W/2]. In space a 3×3 convolution with stride 2 and one row and column of zeros at the bottom and
/// right only. In time a kernel of 3 with stride 2 over the chunk and the one frame before it; the first frame of a video stays as it is.
/// </remarks>
internal sealed class Downsample(IWeights weights, long channels, bool temporal) : IVaeStage
{
    private readonly Tensor _weight = weights.Get("resample.1.weight", channels, channels, 3, 3);
    private readonly Tensor _bias = weights.Get("resample.1.bias", channels);
    private readonly Tensor? _timeWeight = temporal ? weights.Get("time_conv.weight", channels, channels, 3, 1, 1) : null;
    private readonly Tensor? _timeBias = temporal ? weights.Get("time_conv.bias", channels) : null;

    public Tensor Apply(Tensor x, VaePass pass)
    {
        pass.ThrowIfCancelled();
        using var scope = NewDisposeScope();

        var padded = nn.functional.pad(VideoLayout.Pictures(x), [0L, 1, 0, 1]);
        var smaller = VideoLayout.Video(nn.functional.conv2d(padded, _weight, _bias, strides: [2, 2]), x.shape[0]);
        return (_timeWeight is null ? smaller : Shorten(smaller, pass)).MoveToOuterDisposeScope();
    }

    private Tensor Shorten(Tensor x, VaePass pass)
    {
        var past = pass.PastOf(this);
        var joined = past is null ? null : cat([past, x], 2);
        pass.Remember(this, x.narrow(2, x.shape[2] - 1, 1));
        return joined is null ? x : nn.functional.conv3d(joined, _timeWeight!, _timeBias, strides: [2, 1, 1]);
    }
}
