using System.Buffers.Binary;

namespace Kinema.Media.Images.Jpeg;

/// <summary>The frame header: size and components of the picture.</summary>
/// <remarks>ITU-T T.81, B.2.2 and A.1.1.</remarks>
internal sealed record JpegFrame(int Width, int Height, bool IsProgressive, IReadOnlyList<JpegComponent> Components)
{
    /// <summary>Size of an MCU of all components, in blocks of eight by eight pixels.</summary>
    public int MaxHorizontal { get; } = Components.Max(c => c.Horizontal);

    public int MaxVertical { get; } = Components.Max(c => c.Vertical);

    /// <returns>Null for kinds that Skia does not decode either: lossless, arithmetic, 12 bit, without components or size.</returns>
    public static JpegFrame? Parse(byte marker, ReadOnlySpan<byte> content)
    {
        if (marker is not (0xC0 or 0xC1 or 0xC2) || content.Length < 6 || content[0] != 8 || content[5] is 0 or > 4 || content.Length < 6 + (content[5] * 3))
            return null;

        var components = new JpegComponent[content[5]];
        for (var i = 0; i < components.Length; i++)
        {
            var part = content.Slice(6 + (i * 3), 3);
            components[i] = new(part[0], part[1] >> 4, part[1] & 15);
        }

        var height = BinaryPrimitives.ReadUInt16BigEndian(content[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(content[3..]);
        return width > 0 && height > 0 && components.All(c => c is { Horizontal: >= 1 and <= 4, Vertical: >= 1 and <= 4 })
            ? new(width, height, marker == 0xC2, components)
            : null;
    }

    /// <summary>MCUs of a scan: of all its components together, or the blocks of its only one.</summary>
    public long Mcus(JpegScan scan)
    {
        if (scan.Components is not [{ Component: var only }])
            return (long)DivideUp(Width, 8 * MaxHorizontal) * DivideUp(Height, 8 * MaxVertical);

        var (across, down) = (DivideUp(Width * only.Horizontal, MaxHorizontal), DivideUp(Height * only.Vertical, MaxVertical));
        return (long)DivideUp(across, 8) * DivideUp(down, 8);
    }

    private static int DivideUp(int value, int by) => (value + by - 1) / by;
}

/// <summary>A component and its sampling factors.</summary>
internal sealed record JpegComponent(int Id, int Horizontal, int Vertical);
