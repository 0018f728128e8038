using System.Runtime.InteropServices;
using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>8-bit floats on the CPU, by table: libtorch converts them there one by one, more than ten times slower.</summary>
/// <remarks>E4M3 is the finite kind (no infinities, one NaN each sign); E5M2 is the upper half of a 16-bit float. Micikevicius et al. 2022, table 1.</remarks>
internal static class Float8
{
    private static readonly float[] _e4m3 = [.. Enumerable.Range(0, 256).Select(FromE4M3)];
    private static readonly float[] _e5m2 = [.. Enumerable.Range(0, 256).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)(bits << 8)))];

    /// <summary>The same numbers in float32.</summary>
    public static torch.Tensor Widen(torch.Tensor values, StoredType type)
    {
        var table = type == StoredType.F8E5M2 ? _e5m2 : _e4m3;
        var wide = torch.empty(values.shape, torch.float32);
        if (values.numel() == 0)
            return wide;

        ReadOnlySpan<byte> from = values.bytes;
        var to = MemoryMarshal.Cast<byte, float>(wide.bytes);
        for (var i = 0; i < from.Length; i++)
            to[i] = table[from[i]];
        return wide;
    }

    private static float FromE4M3(int bits)
    {
        var (exponent, mantissa) = ((bits >> 3) & 15, bits & 7);
        var size = exponent == 15 && mantissa == 7 ? float.NaN
            : exponent == 0 ? MathF.ScaleB(mantissa, -9)
            : MathF.ScaleB(8 + mantissa, exponent - 10);
        return bits < 128 ? size : -size;
    }
}
