namespace Kinema.Media.Images.Structure;

/// <summary>Reads parts of a file at positions that the file itself states: none beyond its end, and never more than the caller's limit.</summary>
/// <remarks>The beginning is read once: in most files it holds all that is looked at before the pixels. The stream needs no buffer of its own.</remarks>
internal sealed class BoundedReader
{
    private const int HeadBytes = 1024;

    private readonly Stream _file;
    private readonly byte[] _head;

    public BoundedReader(Stream file)
    {
        (_file, Length) = (file, file.Length);
        _file.Position = 0;
        var head = new byte[Math.Min(HeadBytes, Length)];
        _head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    public long Length { get; }

    /// <summary>The file's first bytes.</summary>
    public ReadOnlySpan<byte> Head => _head;

    /// <summary>Fills <paramref name="target"/> from a position; false if the file does not reach that far.</summary>
    public bool TryRead(long position, Span<byte> target)
    {
        if (position < 0 || position > Length - target.Length)
            return false;
        if (position + target.Length <= _head.Length)
        {
            _head.AsSpan((int)position, target.Length).CopyTo(target);
            return true;
        }

        _file.Position = position;
        return _file.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length;
    }

    /// <summary>Reads a block of a stated length, or its beginning if it is longer than <paramref name="limit"/> or than the file.</summary>
    public byte[] ReadBlock(long position, long length, int limit)
    {
        var block = new byte[Math.Clamp(Math.Min(length, Length - position), 0, limit)];
        return TryRead(position, block) ? block : [];
    }
}
