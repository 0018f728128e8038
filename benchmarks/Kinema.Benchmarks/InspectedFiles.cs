using System.Diagnostics;
using SkiaSharp;

namespace Kinema.Benchmarks;

/// <summary>Files made on the spot for <see cref="InspectionBenchmark"/>.</summary>
internal static class InspectedFiles
{
    private const int Width = 4000;
    private const int Height = 3000;

    /// <summary>Soft shapes under noise, as a photograph has them.</summary>
    public static IEnumerable<(string Name, string Path)> Pictures(string folder)
    {
        using var bitmap = new SKBitmap(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        Draw(bitmap.GetPixelSpan());
        foreach (var (name, format, quality) in ((string, SKEncodedImageFormat, int)[])[("JPEG", SKEncodedImageFormat.Jpeg, 92), ("PNG", SKEncodedImageFormat.Png, 100), ("WebP", SKEncodedImageFormat.Webp, 80)])
        {
            using var data = bitmap.Encode(format, quality);
            var path = Path.Combine(folder, name);
            File.WriteAllBytes(path, data.ToArray());
            yield return (name, path);
        }

        yield return ("JPEG as cameras write it", WithExif(folder, Path.Combine(folder, "JPEG")));
        // Other programs write pixels in smaller chunks.
        yield return ("PNG in chunks of 4 kB", Make(folder, "chunks.png", "-i", Path.Combine(folder, "JPEG"), "-compression_level", "1"));
    }

    public static IEnumerable<(string Name, string Path)> Clips(string folder)
    {
        string[] source = ["-f", "lavfi", "-i", "testsrc2=s=1280x720:r=30:d=10", "-f", "lavfi", "-i", "sine=d=10", "-preset", "veryfast", "-pix_fmt", "yuv420p"];
        yield return ("Clip of 10 s, H.264", Make(folder, "h264.mp4", [.. source, "-c:v", "libx264"]));
        yield return ("Clip of 10 s, HEVC", Make(folder, "hevc.mp4", [.. source, "-c:v", "libx265", "-x265-params", "log-level=none"]));
    }

    /// <summary>Some entries, the orientation last, and room as for a thumbnail: most of what a segment can hold.</summary>
    private static string WithExif(string folder, string jpeg)
    {
        const int entries = 11;
        var exif = new byte[60_000];
        byte[] start = [0xFF, 0xE1, (byte)((exif.Length - 2) >> 8), (byte)(exif.Length - 2), .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, entries];
        start.CopyTo(exif, 0);
        for (var i = 0; i < entries; i++)
            ((byte[])[1, (byte)(2 + i), 0, 3, 0, 0, 0, 1, 0, 1, 0, 0]).CopyTo(exif, start.Length + (12 * i));
        exif[start.Length + (12 * (entries - 1)) + 1] = 0x12;
        var (path, file) = (Path.Combine(folder, "camera.jpg"), File.ReadAllBytes(jpeg));
        File.WriteAllBytes(path, [.. file[..2], .. exif, .. file[2..]]);
        return path;
    }

    private static void Draw(Span<byte> pixels)
    {
        var random = new Random(1);
        for (var i = 0; i < pixels.Length; i += 4)
        {
            var level = 128 + (int)(90 * Math.Sin(i / 4 % Width / 300.0) * Math.Cos(i / 4 / Width / 200.0)) + random.Next(-6, 7);
            (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = ((byte)level, (byte)(level * 3 / 4), (byte)(255 - level), 255);
        }
    }

    private static string Make(string folder, string name, params string[] options)
    {
        var path = Path.Combine(folder, name);
        using var process = Process.Start("ffmpeg", ["-v", "error", .. options, path]);
        process.WaitForExit();
        return path;
    }
}
