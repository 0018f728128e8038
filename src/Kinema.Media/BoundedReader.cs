namespace Kinema.Media;

/// <summary>Reads parts of a file at positions that the file itself states: none beyond its end, and never more than the caller's limit.</summary>
/// <remarks>
/// A read costs as much for one byte as for some thousand, so short ones are taken from a block: the file's beginning, which in most files holds all that is looked
/// at before the pixels, or the one read last. The stream needs no buffer of its own.
/// </remarks>
internal sealed class BoundedReader
{
    private const int BlockBytes = 4096;

    private readonly Stream _file;
    private readonly byte[] _head;
    private byte[] _block = [];
    private long _blockStart;
    private int _blockBytes;

    public BoundedReader(Stream file)
    {
        (_file, Length) = (file, file.Length);
        _file.Position = 0;
        var head = GC.AllocateUninitializedArray<byte>((int)Math.Min(BlockBytes, Length));
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        _head = read == head.Length ? head : head[..read];
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

        if (target.Length > BlockBytes)
            return TryFill(position, target) == target.Length;

        if (position < _blockStart || position + target.Length > _blockStart + _blockBytes)
        {
            _block = _block.Length > 0 ? _block : GC.AllocateUninitializedArray<byte>(BlockBytes);
            (_blockStart, _blockBytes) = (position, TryFill(position, _block));
        }

        if (_blockBytes < target.Length)
            return false;
        _block.AsSpan((int)(position - _blockStart), target.Length).CopyTo(target);
        return true;
    }

    /// <summary>Reads a block of a stated length, or its beginning if it is longer than <paramref name="limit"/> or than the file.</summary>
    public byte[] ReadBlock(long position, long length, int limit)
    {
        var block = new byte[Math.Clamp(Math.Min(length, Length - position), 0, limit)];
        return TryRead(position, block) ? block : [];
    }

    private int TryFill(long position, Span<byte> target)
    {
        _file.Position = position;
        return _file.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
    }
}
