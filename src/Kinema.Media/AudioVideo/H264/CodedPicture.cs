namespace Kinema.Media.AudioVideo.H264;

/// <summary>What the first slice of a picture says about its place among the others.</summary>
/// <param name="Number">frame_num: one more than that of the picture before on which others build.</param>
/// <param name="IsStart">Whether it needs no picture before it, nor does any behind it (IDR).</param>
/// <param name="IsBase">Whether others may build on it.</param>
/// <param name="RefreshNumbers">
/// From here on parts of the pictures are renewed; with the picture whose number is so many higher all of them are. Null without such a promise.
/// </param>
internal sealed record CodedPicture(SequenceParameters Sequence, uint Number, bool IsStart, bool IsBase, bool IsIntra, bool IsField, uint? RefreshNumbers)
{
    /// <param name="unit">The beginning of the slice's unit.</param>
    /// <param name="sets">The parameter sets in force.</param>
    /// <param name="refreshNumbers">What the unit's packet says of a recovery point.</param>
    /// <returns>Null if the slice names no known parameter set.</returns>
    /// <remarks>ISO/IEC 14496-10, 7.3.3.</remarks>
    public static CodedPicture? Parse(ReadOnlySpan<byte> unit, ParameterSets sets, uint? refreshNumbers)
    {
        var bits = new NalBits(NalBits.Unescape(unit[1..]));
        bits.ReadUnsigned();
        var type = bits.ReadUnsigned();
        if (sets.Find(bits.ReadUnsigned()) is not { } sequence)
            return null;

        if (sequence.HasSeparatePlanes)
            bits.Read(2);
        var number = bits.Read(sequence.NumberBits);
        var isField = sequence.HasFields && bits.ReadFlag();
        return new(sequence, number, ParameterSets.NalType(unit[0]) == 5, (unit[0] & 0x60) != 0, type % 5 == 2, isField, refreshNumbers);
    }
}
