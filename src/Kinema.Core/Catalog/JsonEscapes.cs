using System.Buffers.Text;

namespace Kinema.Core.Catalog;

/// <summary>Removes the escapes of a JSON string without a copy. Some clients escape every slash and plus of base64.</summary>
internal static class JsonEscapes
{
    private const byte Backslash = (byte)'\\';

    /// <summary>Replaces escapes in place. One that is cut off at the end stays; a character outside ASCII becomes a question mark.</summary>
    /// <returns>The new length.</returns>
    public static int RemoveAscii(Span<byte> text)
    {
        var written = text.IndexOf(Backslash);
        if (written < 0)
            return text.Length;

        for (var read = written; read < text.Length;)
        {
            var run = text[read..].IndexOf(Backslash);
            if (run < 0)
                run = text.Length - read;
            if (run == 0 && Decode(text[read..], out var value) is var length and > 0)
            {
                text[written++] = value;
                read += length;
                continue;
            }

            run = Math.Max(1, run);
            text.Slice(read, run).CopyTo(text[written..]);
            read += run;
            written += run;
        }

        return written;
    }

    /// <summary>Returns the bytes of the escape, or 0 if it is cut off.</summary>
    private static int Decode(ReadOnlySpan<byte> escape, out byte value)
    {
        value = (byte)'?';
        if (escape.Length < 2)
            return 0;
        if (escape[1] != 'u')
        {
            value = escape[1] switch { (byte)'b' => 8, (byte)'f' => 12, (byte)'n' => 10, (byte)'r' => 13, (byte)'t' => 9, var literal => literal };
            return 2;
        }

        if (escape.Length < 6 || !Utf8Parser.TryParse(escape.Slice(2, 4), out int unit, out _, 'x'))
            return 0;
        if (unit < 0x80)
            value = (byte)unit;
        return 6;
    }
}
