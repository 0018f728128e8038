using Kinema.Wan.Arithmetic;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>
/// The shortcut around an upsampling block of VAE 2.2: every channel is repeated, then groups of channels become blocks of frames and pixels.
/// </summary>
/// <remarks>
/// x: [B, Cin, T, H, W] is added to y: [B, Cout, ft·T, fs·H, fs·W]. Repeated channels are ordered (channel, frame, row, column).
/// In the first chunk, where y has one frame, only the last frame of the block is used.
/// </remarks>
internal sealed class DupUp3D(long inChannels, long outChannels, long factorTime, long factorSpace)
{
    public void AddTo(Tensor y, Tensor x, bool firstChunk)
    {
        using var scope = NewDisposeScope();
        var frames = firstChunk ? 1 : factorTime;

        var target = y.unflatten(4, [-1, factorSpace]).unflatten(3, [-1, factorSpace]).unflatten(2, [-1, frames]);
        var blocks = Blocks(x.permute(0, 2, 3, 4, 1)).narrow(5, firstChunk ? factorTime - 1 : 0, frames);
        target.AddInPlace(blocks.permute(0, 4, 1, 5, 2, 6, 3, 7));
    }

    /// <summary>[B, T, H, W, Cin] → [B, T, H, W, Cout, ft, fs, fs]; uses views as long as whole axes of a block repeat.</summary>
    private Tensor Blocks(Tensor pixels)
    {
        long[] block = [outChannels, factorTime, factorSpace, factorSpace];
        var repeats = block.Aggregate((product, size) => product * size) / inChannels;

        long[] stored = [.. block];
        var left = repeats;
        for (var axis = 3; axis > 0 && left > 1 && left % block[axis] == 0; axis--)
        {
            left /= block[axis];
            stored[axis] = 1;
        }

        return left == 1
            ? pixels.unflatten(4, stored).expand([.. pixels.shape[..4], .. block])
            : pixels.repeat_interleave(repeats, 4).unflatten(4, block);
    }
}
