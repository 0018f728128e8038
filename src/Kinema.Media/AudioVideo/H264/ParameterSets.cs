using System.Buffers.Binary;

namespace Kinema.Media.AudioVideo.H264;

/// <summary>The parameter sets in force; a later one replaces an earlier one of its number.</summary>
internal sealed class ParameterSets
{
    private readonly Dictionary<uint, SequenceParameters> _sequences = [];
    private readonly Dictionary<uint, uint> _sequenceOfPicture = [];

    /// <returns>Null if no such set is known.</returns>
    public SequenceParameters? Find(uint picture) => _sequenceOfPicture.TryGetValue(picture, out var id) ? _sequences.GetValueOrDefault(id) : null;

    /// <returns>False if the set replaces another one of its number that says something else.</returns>
    public bool Add(ReadOnlySpan<byte> unit)
    {
        if (unit.IsEmpty)
            return true;

        var payload = NalBits.Unescape(unit[1..]);
        if (NalType(unit[0]) == 7 && SequenceParameters.Parse(payload) is { } sequence)
        {
            var isNew = !_sequences.TryGetValue(sequence.Id, out var before) || before == sequence;
            _sequences[sequence.Id] = sequence;
            return isNew;
        }

        if (NalType(unit[0]) == 8)
        {
            var bits = new NalBits(payload);
            var (picture, id) = (bits.ReadUnsigned(), bits.ReadUnsigned());
            if (picture <= 255)
                _sequenceOfPicture[picture] = id;
        }

        return true;
    }

    /// <summary>Adds the sets of an avcC box (ISO/IEC 14496-15, 5.3.3.1).</summary>
    /// <returns>False if one of them contradicts another.</returns>
    public bool AddConfiguration(ReadOnlySpan<byte> content)
    {
        var rest = content.Length > 5 ? content[5..] : [];
        for (var kind = 0; kind < 2 && !rest.IsEmpty; kind++)
        {
            // The first number shares its byte with three bits.
            var count = kind == 0 ? rest[0] & 31 : rest[0];
            rest = rest[1..];
            for (; count > 0 && rest.Length >= 2; count--)
            {
                var length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(rest), rest.Length - 2);
                if (!Add(rest.Slice(2, length)))
                    return false;
                rest = rest[(2 + length)..];
            }
        }

        return true;
    }

    public static int NalType(byte first) => first & 31;
}
