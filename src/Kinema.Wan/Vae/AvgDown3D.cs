using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>The shortcut around a downsampling block of VAE 2.2: blocks of frames and pixels become channels, which are averaged in groups.</summary>
/// <remarks>
/// x: [B, Cin, T, H, W] → [B, Cout, T/ft, H/fs, W/fs]. Channels are ordered (channel, frame, row, column) before grouping. Zero frames in front pad a number
/// of frames that ft does not divide.
/// </remarks>
internal sealed class AvgDown3D(long outChannels, long factorTime, long factorSpace)
{
    public Tensor Apply(Tensor x)
    {
        using var scope = NewDisposeScope();

        if (x.shape[2] % factorTime is var rest and not 0)
            x = nn.functional.pad(x, [0L, 0, 0, 0, factorTime - rest, 0]);

        var blocks = x.unflatten(4, [-1, factorSpace]).unflatten(3, [-1, factorSpace]).unflatten(2, [-1, factorTime]);
        return blocks.permute(0, 2, 4, 6, 1, 3, 5, 7)
            .flatten(4).unflatten(4, [outChannels, -1])
            .mean([5L])
            .permute(0, 4, 1, 2, 3)
            .MoveToOuterDisposeScope();
    }
}
