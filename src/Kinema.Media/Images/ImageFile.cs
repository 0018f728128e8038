using Kinema.Media.Images.Jpeg;
using Kinema.Media.Images.Structure;
using SkiaSharp;

namespace Kinema.Media.Images;

/// <summary>A picture's file in memory, with what its own structure says, made ready for Skia.</summary>
internal sealed unsafe class ImageFile : IDisposable
{
    /// <summary>As many zeros at the end of a JPEG that breaks off are room that a download reserved, not data.</summary>
    private const int ReservedZeros = 16;

    private static readonly byte[] _jpegEnd = [0xFF, 0xD9];

    private readonly NativeBuffer _bytes;
    private int _length;

    private ImageFile(NativeBuffer bytes, int length) => (_bytes, _length) = (bytes, length);

    public ImageStructure Structure { get; private set; } = new();

    /// <summary>Null for other formats.</summary>
    public JpegFile? Jpeg { get; private set; }

    public ReadOnlySpan<byte> Content => new((void*)_bytes.Address, _length);

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImageFile Load(string path)
    {
        using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var length = checked((int)RandomAccess.GetLength(handle));
        var bytes = new NativeBuffer(length + _jpegEnd.Length);
        var file = new ImageFile(bytes, length);
        try
        {
            file._length = Fill(handle, new((void*)bytes.Address, length));
            file.Prepare();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <returns>Null if the header cannot be read.</returns>
    public SKCodec? OpenCodec()
    {
        using var data = SKData.Create(_bytes.Address, _length);
        return SKCodec.Create(data);
    }

    public void Dispose() => _bytes.Dispose();

    private static int Fill(Microsoft.Win32.SafeHandles.SafeFileHandle handle, Span<byte> target)
    {
        var filled = 0;
        while (filled < target.Length && RandomAccess.Read(handle, target[filled..], filled) is > 0 and var read)
            filled += read;
        return filled;
    }

    private void Prepare()
    {
        var type = ContentTypes.Sniff(Content[..Math.Min(_length, ContentTypes.BytesNeeded)]);
        using var stream = new UnmanagedMemoryStream((byte*)_bytes.Address, _length);
        var bytes = new BoundedReader(stream);
        Structure = ImageStructure.Read(bytes, type);
        if (type == "image/png" && Structure.Colour is not null)
            PngStructure.HideProfile(new((void*)_bytes.Address, _length), bytes);
        if (type == "image/jpeg")
            PrepareJpeg();
    }

    /// <summary>Without an end marker Skia takes any baseline picture for cut; whether one is whole, its data tell.</summary>
    private void PrepareJpeg()
    {
        Jpeg = JpegFile.Read(Content);
        if (Jpeg.HasEnd)
            return;

        var data = Content.TrimEnd((byte)0).Length;
        if (_length - data >= ReservedZeros)
        {
            _length = data;
            Jpeg = JpegFile.Read(Content);
        }

        _jpegEnd.CopyTo(new Span<byte>((void*)(_bytes.Address + _length), _jpegEnd.Length));
        _length += _jpegEnd.Length;
    }
}
