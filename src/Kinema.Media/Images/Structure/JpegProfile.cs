using Kinema.Media.Images.Colour;

namespace Kinema.Media.Images.Structure;

/// <summary>Joins the profile that a JPEG file keeps in parts, each in a segment with its number and their count.</summary>
/// <remarks>ICC.1:2022, B.4.</remarks>
internal sealed class JpegProfile(BoundedReader file)
{
    private const int HeadBytes = 14;

    private readonly SortedDictionary<int, (long Content, int Length)> _parts = [];

    public void Add(long content, int length)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        if (length > HeadBytes && file.TryRead(content, head) && head.StartsWith("ICC_PROFILE\0"u8))
            _parts.TryAdd(head[12], (content + HeadBytes, length - HeadBytes));
    }

    /// <summary>The whole profile, or its beginning if it is longer than any that is used.</summary>
    public byte[] Join()
    {
        using var joined = new MemoryStream();
        foreach (var (content, length) in _parts.Values.TakeWhile(_ => joined.Length < IccProfile.MaxBytes))
            joined.Write(file.ReadBlock(content, length, length));
        return joined.ToArray();
    }
}
