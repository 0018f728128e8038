using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>
/// Rotary position embedding over time, rows and columns (Su et al. 2021, section 3.2.2): channel pair i at position p rotates by p·θ^(−2i/d).
/// </summary>
/// <remarks>The channels of a head are divided into t = d − 4⌊d/6⌋ and h = w = 2⌊d/6⌋, each axis with its own frequencies.</remarks>
internal sealed class RotaryEmbedding(int headDim, int maximumPositions)
{
    private const double Theta = 10_000;

    /// <summary>Returns the rotations of every token of a grid, as complex numbers: [1, frames·rows·columns, 1, headDim/2], complex64.</summary>
    public Tensor Rotations(long frames, long rows, long columns, Device device)
    {
        if (frames > maximumPositions || rows > maximumPositions || columns > maximumPositions)
        {
            throw new ArgumentException(
                $"A grid of {frames} × {rows} × {columns} tokens is too large: this model has {maximumPositions} positions for each axis.");
        }

        using var scope = NewDisposeScope();
        var side = 2 * (headDim / 6);
        var rotations = cat(
            [
                Axis(frames, headDim - 2 * side, device).view(frames, 1, 1, -1).expand(frames, rows, columns, -1),
                Axis(rows, side, device).view(1, rows, 1, -1).expand(frames, rows, columns, -1),
                Axis(columns, side, device).view(1, 1, columns, -1).expand(frames, rows, columns, -1),
            ],
            dim: -1);
        return rotations.reshape(1, frames * rows * columns, 1, headDim / 2).MoveToOuterDisposeScope();
    }

    /// <summary>Returns [count, channels/2], computed in double precision and stored in float32.</summary>
    private static Tensor Axis(long count, int channels, Device device)
    {
        var pairs = channels / 2;
        var table = new float[count * pairs * 2];
        for (var position = 0; position < count; position++)
        {
            for (var pair = 0; pair < pairs; pair++)
            {
                var angle = position * (1 / Math.Pow(Theta, 2.0 * pair / channels));
                var at = (position * pairs + pair) * 2;
                table[at] = (float)Math.Cos(angle);
                table[at + 1] = (float)Math.Sin(angle);
            }
        }

        return tensor(table, [count, pairs, 2], device: device).view_as_complex();
    }
}
