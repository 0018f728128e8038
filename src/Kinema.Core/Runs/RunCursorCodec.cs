using System.Buffers.Binary;
using System.Buffers.Text;

namespace Kinema.Core.Runs;

/// <summary>Encodes and decodes page cursors: opaque and URL-safe; rejects invalid ones.</summary>
public static class RunCursorCodec
{
    private const byte Version = 1;
    private const int Length = 2 + sizeof(long) + 16;

    /// <summary>The cursor of the first page, whatever is added later.</summary>
    public static string Start { get; } = Base64Url.EncodeToString([Version, (byte)Place.Start]);

    private enum Place : byte
    {
        Start,
        After,
        Before,
    }

    public static string After(RunCursor run) => Encode(run, Place.After);

    public static string Before(RunCursor run) => Encode(run, Place.Before);

    /// <param name="text">Cursor from a caller.</param>
    /// <param name="cursor">Null for the first page.</param>
    /// <param name="backwards">The page ends before the cursor.</param>
    public static bool TryDecode(string text, out RunCursor? cursor, out bool backwards)
    {
        cursor = null;
        backwards = false;
        if (text == Start)
            return true;

        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length > 2 * Length || !Base64Url.IsValid(text, out var length) || length != Length || Base64Url.DecodeFromChars(text, bytes) != Length)
            return false;

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
        if (bytes[0] != Version || (Place)bytes[1] is not (Place.After or Place.Before) || ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;

        cursor = new(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[10..], bigEndian: true));
        backwards = (Place)bytes[1] == Place.Before;
        return true;
    }

    private static string Encode(RunCursor run, Place place)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        bytes[1] = (byte)place;
        BinaryPrimitives.WriteInt64BigEndian(bytes[2..], run.CreatedAt.UtcTicks);
        run.Id.TryWriteBytes(bytes[10..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
