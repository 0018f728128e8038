namespace Kinema.Media.Images.Structure;

/// <summary>Reads parts of a file at positions that the file itself states: none beyond its end, and never more than the caller's limit.</summary>
internal sealed class BoundedReader(Stream file)
{
    public long Length { get; } = file.Length;

    /// <summary>Fills <paramref name="target"/> from a position; false if the file does not reach that far.</summary>
    public bool TryRead(long position, Span<byte> target)
    {
        if (position < 0 || position > Length - target.Length)
            return false;

        file.Position = position;
        return file.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length;
    }

    /// <summary>Reads a block of a stated length, or its beginning if it is longer than <paramref name="limit"/> or than the file.</summary>
    public byte[] ReadBlock(long position, long length, int limit)
    {
        var block = new byte[Math.Clamp(Math.Min(length, Length - position), 0, limit)];
        return TryRead(position, block) ? block : [];
    }
}
