using System.Buffers.Binary;

namespace Kinema.Wan.Checkpoints.Blocks;

/// <summary>Fields that several kinds of blocks share.</summary>
internal static class BlockNumbers
{
    /// <summary>Reads a float16.</summary>
    public static float Half(ReadOnlySpan<byte> bytes) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes);

    /// <summary>Reads the j-th of eight pairs of 6-bit scale and minimum from 12 bytes. The last four pairs have their two high bits in the first eight bytes.</summary>
    public static (int Scale, int Minimum) ScaleAndMinimum(ReadOnlySpan<byte> bytes, int j) => j < 4
        ? (bytes[j] & 63, bytes[j + 4] & 63)
        : ((bytes[j + 4] & 15) | (bytes[j - 4] >> 6 << 4), (bytes[j + 4] >> 4) | (bytes[j] >> 6 << 4));

    /// <summary>Reads the j-th of sixteen 6-bit scales from 12 bytes: four low bits each in the first eight, two high bits in the last four.</summary>
    public static int SixBitScale(ReadOnlySpan<byte> bytes, int j)
    {
        var low = j < 8 ? bytes[j] & 15 : bytes[j - 8] >> 4;
        var high = (bytes[8 + (j % 4)] >> (2 * (j / 4))) & 3;
        return (low | (high << 4)) - 32;
    }
}
