using System.Buffers.Binary;
using Kinema.Engines;
using SkiaSharp;

namespace Kinema.Media.Tests.Support;

/// <summary>Small files of every kind, made on the spot.</summary>
public static class Pictures
{
    /// <summary>The limits of the model page this product begins with.</summary>
    public static MediaLimits Limits { get; } = new()
    {
        ContentTypes = ["image/jpeg", "image/png", "image/bmp", "image/webp"],
        MaxBytes = 20_000_000,
        MinSide = 240,
        MaxSide = 8000,
        MaxPixels = 40_000_000,
        MaxAspectRatio = 8,
    };

    /// <summary>Quarters: red, green above blue, white; so that every orientation looks different.</summary>
    public static SKBitmap Quarters(int width = 320, int height = 240)
    {
        var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        Fill(0, 0, SKColors.Red);
        Fill(width / 2, 0, SKColors.Lime);
        Fill(0, height / 2, SKColors.Blue);
        return bitmap;

        void Fill(int x, int y, SKColor colour)
        {
            using var paint = new SKPaint { Color = colour };
            canvas.DrawRect(x, y, width / 2, height / 2, paint);
        }
    }

    /// <summary>The corners of <see cref="Quarters"/> from the top left clockwise, for each orientation of Exif.</summary>
    public static IReadOnlyList<string> QuartersByOrientation { get; } = ["RGWB", "GRBW", "WBRG", "BWGR", "RBWG", "BRGW", "WGRB", "GWBR"];

    /// <summary>The colours of a picture so many pixels inside its corners, from the top left clockwise: red, green, blue, white, or another.</summary>
    public static string Corners(RgbImage image, int inset)
    {
        var (right, bottom) = (image.Width - inset, image.Height - inset);
        return string.Concat(Letter(inset, inset), Letter(right, inset), Letter(right, bottom), Letter(inset, bottom));

        char Letter(int x, int y) => image.Pixels.Span.Slice(((y * image.Width) + x) * 3, 3) switch
        {
            [> 200, < 60, < 60] => 'R',
            [< 60, > 200, < 60] => 'G',
            [< 60, < 60, > 200] => 'B',
            [> 200, > 200, > 200] => 'W',
            _ => '?',
        };
    }

    public static byte[] Encode(SKEncodedImageFormat format, int width = 320, int height = 240, int quality = 95)
    {
        using var bitmap = Quarters(width, height);
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    public static byte[] Png(int width = 320, int height = 240) => Encode(SKEncodedImageFormat.Png, width, height);

    public static byte[] Jpeg(int width = 320, int height = 240) => Encode(SKEncodedImageFormat.Jpeg, width, height);

    /// <summary>An uncompressed 24 bit bitmap, rows from the bottom.</summary>
    public static byte[] Bmp(int width = 320, int height = 240)
    {
        using var bitmap = Quarters(width, height);
        var row = ((width * 3) + 3) / 4 * 4;
        var file = new byte[54 + (row * height)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        file[10] = 54;
        file[14] = 40;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        file[26] = 1;
        file[28] = 24;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var colour = bitmap.GetPixel(x, height - 1 - y);
                (file[54 + (y * row) + (x * 3)], file[55 + (y * row) + (x * 3)], file[56 + (y * row) + (x * 3)]) = (colour.Blue, colour.Green, colour.Red);
            }
        }

        return file;
    }

    /// <summary>A header that claims a size, with nothing behind it.</summary>
    public static byte[] PngHeader(int width, int height)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. PngBytes.Chunk("IHDR"u8, header), .. PngBytes.Chunk("IDAT"u8, [0x78, 0x9C]), .. PngBytes.Chunk("IEND"u8, [])];
    }

    public static byte[] AnimatedPng() => PngBytes.WithChunk(Png(), "acTL"u8, [0, 0, 0, 2, 0, 0, 0, 0]);

    /// <summary>A still wrapped as an animation of some equal frames.</summary>
    public static byte[] AnimatedWebp(int frames = 2)
    {
        var still = Encode(SKEncodedImageFormat.Webp)[12..];
        byte[] frame = [.. "ANMF"u8, .. BitConverter.GetBytes(16 + still.Length), .. new byte[6], .. Int24(319), .. Int24(239), 40, 0, 0, 0, .. still];
        return ExtendedWebp(0b10, [.. "ANIM"u8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Enumerable.Repeat(frame, frames).SelectMany(f => f)]);
    }

    /// <summary>A still with an EXIF block behind it.</summary>
    public static byte[] WebpWithExif(ReadOnlySpan<byte> exif) =>
        ExtendedWebp(0b1000, [.. Encode(SKEncodedImageFormat.Webp)[12..], .. "EXIF"u8, .. BitConverter.GetBytes(exif.Length), .. exif, .. new byte[exif.Length & 1]]);

    private static byte[] ExtendedWebp(byte flags, byte[] chunks)
    {
        byte[] body = [.. "VP8X"u8, 10, 0, 0, 0, flags, 0, 0, 0, .. Int24(319), .. Int24(239), .. chunks];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length + 4), .. "WEBP"u8, .. body];
    }

    private static byte[] Int24(int value) => BitConverter.GetBytes(value)[..3];

    /// <summary>An EXIF block with only an orientation, as PNG has it.</summary>
    public static byte[] Exif(int orientation) => [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];

    /// <summary>Puts an EXIF block with only an orientation behind a JPEG's first marker.</summary>
    public static byte[] WithOrientation(byte[] jpeg, int orientation) => WithSegment(jpeg, [.. "Exif\0\0"u8, .. Exif(orientation)]);

    /// <summary>Puts an application segment behind a JPEG's first marker.</summary>
    public static byte[] WithSegment(byte[] jpeg, byte[] content, byte marker = 0xE1) =>
        [.. jpeg[..2], 0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content, .. jpeg[2..]];

    /// <summary>
    /// A plain red JPEG in four inks, as print shops send it: Adobe's marker, inks inverted, and of each block only the mean
    /// (ITU-T T.81, annexes B and F; no other program at hand writes one).
    /// </summary>
    public static byte[] CmykJpeg()
    {
        // Codes: 0 for no change, 10 and 110 for a mean of 10 and 11 bits, and 0 for the end of a block.
        const string noInk = "10" + "1111111000" + "0";
        const string fullInk = "110" + "01111111111" + "0";
        var bits = noInk + fullInk + fullInk + noInk + new string('0', 3 * 4 * 2);
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '1');
        var scan = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))
            .SelectMany(b => b == 0xFF ? new byte[] { 0xFF, 0 } : [b]);
        return
        [
            0xFF, 0xD8,
            0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0,
            0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64),
            0xFF, 0xC0, 0, 20, 8, 0, 16, 0, 16, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0,
            0xFF, 0xC4, 0, 22, 0x00, 1, 1, 1, .. new byte[13], 0, 10, 11,
            0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0,
            0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0, .. scan,
            0xFF, 0xD9,
        ];
    }

    public static byte[] Noise(SKEncodedImageFormat format)
    {
        using var bitmap = Quarters();
        new Random(1).NextBytes(bitmap.GetPixelSpan());
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>Levels of the six stripes of gray pictures, each 40 pixels wide.</summary>
    public static IReadOnlyList<byte> Grays { get; } = [0, 20, 60, 128, 200, 255];

    public static byte[] GrayPng() => PngBytes.WithoutColour(EncodeGray(SKEncodedImageFormat.Png));

    /// <summary>A gray JPEG with a profile in two parts, the second first: their numbers count.</summary>
    public static byte[] GrayJpeg(byte[] profile)
    {
        var jpeg = EncodeGray(SKEncodedImageFormat.Jpeg);
        return WithPart(WithPart(jpeg, 1, profile[..100]), 2, profile[100..]);

        static byte[] WithPart(byte[] jpeg, byte number, byte[] part) => WithSegment(jpeg, [.. "ICC_PROFILE\0"u8, number, 2, .. part], 0xE2);
    }

    private static byte[] EncodeGray(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(240, 240, SKColorType.Gray8, SKAlphaType.Opaque));
        for (var i = 0; i < 240 * 240; i++)
            bitmap.GetPixelSpan()[(i / 240 * bitmap.RowBytes) + (i % 240)] = Grays[i % 240 / 40];
        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    public static MediaInput Input(string path) => new()
    {
        Path = path,
        Digest = new string('0', 64),
        ContentType = "image/png",
        SizeBytes = new FileInfo(path).Length,
    };
}
