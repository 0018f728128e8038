using System.Buffers.Binary;

namespace Kinema.Media.Images.Colour;

/// <summary>Header and tags of an ICC profile.</summary>
/// <remarks>ICC.1:2022, 7.2 and 7.3.</remarks>
internal readonly ref struct IccProfile(ReadOnlySpan<byte> bytes)
{
    /// <summary>Profiles of gray pictures take some kilobytes.</summary>
    public const int MaxBytes = 1 << 20;

    private const int HeaderBytes = 128;
    private const int MaxTags = 256;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public bool IsProfile => _bytes.Length >= HeaderBytes + 4 && _bytes[36..].StartsWith("acsp"u8);

    public ReadOnlySpan<byte> DataColourSpace => _bytes.Slice(16, 4);

    public ReadOnlySpan<byte> ConnectionSpace => _bytes.Slice(20, 4);

    /// <returns>Empty if there is no such tag or it reaches beyond the profile.</returns>
    public ReadOnlySpan<byte> Find(ReadOnlySpan<byte> signature)
    {
        var entries = _bytes[(HeaderBytes + 4)..];
        for (var left = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(_bytes[HeaderBytes..]), MaxTags); left > 0 && entries.Length >= 12; left--, entries = entries[12..])
        {
            if (!entries.StartsWith(signature))
                continue;
            var (offset, size) = (BinaryPrimitives.ReadUInt32BigEndian(entries[4..]), BinaryPrimitives.ReadUInt32BigEndian(entries[8..]));
            return offset + (long)size <= _bytes.Length ? _bytes.Slice((int)offset, (int)size) : [];
        }

        return [];
    }
}
