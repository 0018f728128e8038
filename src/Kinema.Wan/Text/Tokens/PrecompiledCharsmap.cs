using System.Buffers.Binary;

namespace Kinema.Wan.Text.Tokens;

/// <summary>SentencePiece's precompiled charsmap: a double-array trie of the characters to replace, and the replacements, each ended by a zero byte.</summary>
/// <remarks>Layout: four bytes with the length of the trie, the trie as 32-bit units (Darts-clone: Yata et al. 2007), the replacements.</remarks>
internal sealed class PrecompiledCharsmap
{
    private readonly byte[] _compiled;
    private readonly uint[] _units = [];
    private readonly byte[] _replacements = [];

    /// <param name="compiled">The charsmap in the model; empty for none.</param>
    public PrecompiledCharsmap(ReadOnlySpan<byte> compiled)
    {
        _compiled = compiled.ToArray();
        if (compiled.IsEmpty)
            return;

        var length = compiled.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(compiled);
        if (length % 4 != 0 || length == 0 || length > compiled.Length - 4)
            throw new InvalidDataException($"its precompiled charsmap of {compiled.Length} bytes is damaged");

        _units = new uint[length / 4];
        for (var i = 0; i < _units.Length; i++)
            _units[i] = BinaryPrimitives.ReadUInt32LittleEndian(compiled[(4 + 4 * i)..]);

        _replacements = compiled[(4 + (int)length)..].ToArray();
    }

    /// <summary>The charsmap as it is in the model.</summary>
    public ReadOnlyMemory<byte> Compiled => _compiled;

    /// <summary>Finds the longest entry at the start of the text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="replacement">The replacement; may be empty.</param>
    /// <returns>The entry's length in bytes; 0 for no entry.</returns>
    public int Match(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> replacement)
    {
        replacement = [];
        if (_units.Length == 0)
            return 0;

        var (longest, value) = (0, 0u);
        var at = Offset(_units[0]);
        for (var i = 0; i < text.Length; i++)
        {
            at ^= text[i];
            if (at >= _units.Length || Label(_units[at]) != text[i])
                break;

            var unit = _units[at];
            at ^= Offset(unit);
            if (HasLeaf(unit) && at < _units.Length)
                (longest, value) = (i + 1, _units[at] & 0x7FFF_FFFF);
        }

        if (longest > 0 && value < _replacements.Length)
        {
            var rest = _replacements.AsSpan((int)value);
            var end = rest.IndexOf((byte)0);
            replacement = end < 0 ? rest : rest[..end];
        }

        return longest;
    }

    private static bool HasLeaf(uint unit) => ((unit >> 8) & 1) == 1;

    private static uint Label(uint unit) => unit & 0x8000_00FF;

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & (1 << 9)) >> 6);
}
