using System.Text;

namespace Kinema.Wan.Text.Tokens;

/// <summary>Normalises text as SentencePiece does: applies the charsmap, collapses spaces, writes them as ▁, and adds one ▁ before the text.</summary>
internal sealed class TextNormaliser(UnigramModel model)
{
    private readonly byte[] _space = model.EscapeSpaces ? "\u2581"u8.ToArray() : " "u8.ToArray();
    private readonly PieceIndex _protected = new(model.Pieces
        .Select((piece, id) => (piece, id)).Where(entry => entry.piece.Kind == PieceKind.UserDefined).Select(entry => (entry.piece.Text, entry.id)));

    /// <summary>Returns UTF-8.</summary>
    public byte[] Normalise(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        if (model.RemoveExtraSpaces)
        {
            while (!rest.IsEmpty && Next(rest, out var first) is var length && first.SequenceEqual(" "u8))
                rest = rest[length..];
        }

        if (rest.IsEmpty)
            return [];

        var result = new List<byte>(rest.Length + 8);
        if (model.AddDummyPrefix)
            result.AddRange(_space);

        var afterSpace = model.RemoveExtraSpaces;
        while (!rest.IsEmpty)
        {
            var length = Next(rest, out var piece);
            while (afterSpace && piece.StartsWith(" "u8))
                piece = piece[1..];

            Append(piece, result);
            if (!piece.IsEmpty)
                afterSpace = model.RemoveExtraSpaces && piece[^1] == (byte)' ';
            rest = rest[length..];
        }

        if (model.RemoveExtraSpaces)
            TrimEnd(result);

        return [.. result];
    }

    private void Append(ReadOnlySpan<byte> piece, List<byte> result)
    {
        foreach (var value in piece)
        {
            if (value == (byte)' ')
                result.AddRange(_space);
            else
                result.Add(value);
        }
    }

    private void TrimEnd(List<byte> result)
    {
        while (result.Count >= _space.Length && result[^_space.Length..].SequenceEqual(_space))
            result.RemoveRange(result.Count - _space.Length, _space.Length);
    }

    /// <summary>Maps the start of the text: a user-defined symbol unchanged, else the longest entry of the charsmap, else one character.</summary>
    private int Next(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> mapped)
    {
        var length = _protected.LongestPrefix(text);
        if (length > 0)
        {
            mapped = text[..length];
            return length;
        }

        length = model.Charsmap.Match(text, out mapped);
        if (length > 0)
            return length;

        mapped = text[..Utf8.CharacterLength(text)];
        return mapped.Length;
    }
}
