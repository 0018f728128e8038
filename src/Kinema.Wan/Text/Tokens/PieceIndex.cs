using System.Text;

namespace Kinema.Wan.Text.Tokens;

/// <summary>Finds all pieces that are prefixes of a text: a sorted list of pieces and a range of it that narrows with each byte.</summary>
internal sealed class PieceIndex
{
    private readonly byte[][] _texts;
    private readonly int[] _ids;

    public PieceIndex(IEnumerable<(string Text, int Id)> pieces)
    {
        var sorted = pieces.Select(piece => (Text: Encoding.UTF8.GetBytes(piece.Text), piece.Id)).Where(piece => piece.Text.Length > 0).ToArray();
        Array.Sort(sorted, (a, b) => a.Text.AsSpan().SequenceCompareTo(b.Text));
        _texts = [.. sorted.Select(piece => piece.Text)];
        _ids = [.. sorted.Select(piece => piece.Id)];
    }

    /// <summary>Writes the lengths and ids of all pieces that are prefixes of <paramref name="text"/>, shortest first, to <paramref name="found"/>.</summary>
    public void FindPrefixes(ReadOnlySpan<byte> text, List<(int Length, int Id)> found)
    {
        found.Clear();
        var (low, high) = (0, _texts.Length);
        for (var depth = 0; depth < text.Length && low < high; depth++)
        {
            if (Narrow(ref low, ref high, depth, text[depth]))
                found.Add((depth + 1, _ids[low]));
        }
    }

    /// <summary>Returns the length of the longest piece that is a prefix of <paramref name="text"/>; 0 for none.</summary>
    public int LongestPrefix(ReadOnlySpan<byte> text)
    {
        var longest = 0;
        var (low, high) = (0, _texts.Length);
        for (var depth = 0; depth < text.Length && low < high; depth++)
        {
            if (Narrow(ref low, ref high, depth, text[depth]))
                longest = depth + 1;
        }

        return longest;
    }

    /// <summary>Keeps the pieces with that byte at that depth. Returns true if the first of them ends there.</summary>
    private bool Narrow(ref int low, ref int high, int depth, byte value)
    {
        low = Bound(low, high, depth, value);
        high = Bound(low, high, depth, value + 1);
        return low < high && _texts[low].Length == depth + 1;
    }

    /// <summary>
    /// Returns the first piece of the range whose byte at <paramref name="depth"/> is not below <paramref name="value"/>; ended pieces come first.
    /// </summary>
    private int Bound(int low, int high, int depth, int value)
    {
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var text = _texts[middle];
            if (depth >= text.Length || text[depth] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
