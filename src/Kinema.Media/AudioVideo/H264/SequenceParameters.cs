namespace Kinema.Media.AudioVideo.H264;

/// <summary>The part of a sequence parameter set that tells how pictures are numbered.</summary>
/// <remarks>ISO/IEC 14496-10, 7.3.2.1.1.</remarks>
internal sealed record SequenceParameters(uint Id, int NumberBits, bool AllowsGaps, bool HasFields, bool HasSeparatePlanes)
{
    private const uint FourFullPlanes = 3;

    /// <summary>Numbers go on from this one to 0.</summary>
    public uint LastNumber => (1u << NumberBits) - 1;

    /// <param name="payload">The unit behind its first byte, without the bytes that prevent start codes.</param>
    /// <returns>Null if it is damaged.</returns>
    public static SequenceParameters? Parse(ReadOnlySpan<byte> payload)
    {
        var bits = new NalBits(payload);
        var profile = bits.Read(8);
        bits.Read(16);
        var id = bits.ReadUnsigned();
        // Profiles with more than 4:2:0 in 8 bits.
        var hasPlanes = profile is 44 or 83 or 86 or 100 or 110 or 118 or 122 or 128 or 134 or 135 or 138 or 139 or 244 && SkipFormat(ref bits);
        var numberBits = bits.ReadUnsigned() + 4;
        SkipOrder(ref bits);
        bits.ReadUnsigned();
        var allowsGaps = bits.ReadFlag();
        bits.ReadUnsigned();
        bits.ReadUnsigned();
        return id <= 31 && numberBits <= 16 ? new(id, (int)numberBits, allowsGaps, !bits.ReadFlag(), hasPlanes) : null;
    }

    private static bool SkipFormat(ref NalBits bits)
    {
        var format = bits.ReadUnsigned();
        var hasPlanes = format == FourFullPlanes && bits.ReadFlag();
        bits.ReadUnsigned();
        bits.ReadUnsigned();
        bits.ReadFlag();
        var lists = bits.ReadFlag() ? format == FourFullPlanes ? 12 : 8 : 0;
        for (var list = 0; list < lists; list++)
        {
            if (bits.ReadFlag())
                SkipScalingList(ref bits, list < 6 ? 16 : 64);
        }

        return hasPlanes;
    }

    private static void SkipScalingList(ref NalBits bits, int size)
    {
        for (var (i, scale) = (0, 8); i < size && scale != 0; i++)
            scale = (scale + bits.ReadSigned()) & 0xFF;
    }

    /// <summary>How the order of display is written.</summary>
    private static void SkipOrder(ref NalBits bits)
    {
        var type = bits.ReadUnsigned();
        if (type == 0)
            bits.ReadUnsigned();
        if (type != 1)
            return;

        bits.ReadFlag();
        bits.ReadSigned();
        bits.ReadSigned();
        for (var left = Math.Min(bits.ReadUnsigned(), 255); left > 0; left--)
            bits.ReadSigned();
    }
}
