using System.Buffers.Binary;
using System.Text;

namespace Kinema.Wan.Checkpoints.Gguf;

/// <summary>Reads the fields of an untrusted GGUF header: each is checked against the rest of the file, and all together against a limit, before it sizes anything.</summary>
internal sealed class GgufReader(Stream stream, string file)
{
    /// <summary>Most bytes of a header. The tokenizer of a text encoder takes some megabytes of it.</summary>
    public const long MaximumLength = 100_000_000;

    private const int MaximumTextLength = 1 << 20;
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _number = new byte[sizeof(ulong)];

    public long Position => stream.Position;

    public long FileLength => stream.Length;

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Number(sizeof(uint)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Number(sizeof(ulong)));

    public byte Byte() => Number(1)[0];

    /// <summary>Reads a length or count of things that take at least that many bytes each.</summary>
    public long Count(long bytesEach, string what)
    {
        var count = UInt64();
        return count <= (ulong)(Left / bytesEach) ? (long)count : throw Invalid($"it says that {what} has {count} parts, more than its header can hold");
    }

    public string Text(string what)
    {
        var length = Count(1, what);
        if (length > MaximumTextLength)
            throw Invalid($"{what} has {length} bytes; at most {MaximumTextLength} are allowed");

        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        try
        {
            return _strict.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw Invalid($"{what} is not valid UTF-8", exception);
        }
    }

    public void Skip(long bytes, string what)
    {
        if (bytes > Left)
            throw Invalid($"it ends within {what}; is the download complete?");
        stream.Seek(bytes, SeekOrigin.Current);
    }

    public CheckpointException Invalid(string what, Exception? cause = null) => new($"{file} cannot be read: {what}.", cause!);

    private long Left => Math.Min(stream.Length, MaximumLength) - stream.Position;

    private ReadOnlySpan<byte> Number(int size)
    {
        if (size > Left)
            throw Invalid(stream.Length > MaximumLength ? $"its header has more than {MaximumLength} bytes" : "it ends within its header; is the download complete?");
        var bytes = _number.AsSpan(0, size);
        stream.ReadExactly(bytes);
        return bytes;
    }
}
