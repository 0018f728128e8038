using System.Buffers.Binary;

namespace Kinema.Media.Images;

/// <summary>The chunks of a PNG that this process made (PNG specification, 5.3).</summary>
internal static class PngChunks
{
    private const int SignatureBytes = 8;

    /// <summary>Length, type and checksum of a chunk.</summary>
    private const int FrameBytes = 12;

    /// <summary>Bit 5 of a type's first letter: the picture can be read without the chunk.</summary>
    private const int AncillaryBit = 0x20;

    /// <summary>Returns the file without its ancillary chunks, which hold all that is said about gamma and colour.</summary>
    public static byte[] KeepCritical(ReadOnlySpan<byte> png)
    {
        var kept = new byte[png.Length];
        png[..SignatureBytes].CopyTo(kept);
        var end = SignatureBytes;
        for (var rest = png[SignatureBytes..]; rest.Length > 0;)
        {
            var chunk = rest[..(FrameBytes + BinaryPrimitives.ReadInt32BigEndian(rest))];
            if ((chunk[4] & AncillaryBit) == 0)
            {
                chunk.CopyTo(kept.AsSpan(end));
                end += chunk.Length;
            }

            rest = rest[chunk.Length..];
        }

        return kept[..end];
    }
}
