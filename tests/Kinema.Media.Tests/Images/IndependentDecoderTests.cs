using System.Diagnostics;
using System.Globalization;
using Kinema.Engines;
using Kinema.Media.Images;
using Kinema.Media.Tests.Support;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Tests.Images;

/// <summary>The whole set of pictures as PIL, ExifTool, LittleCMS and ffmpeg read them. A tool that is missing skips its tests.</summary>
[Trait("Set", "long")]
public sealed class IndependentDecoderTests : IDisposable
{
    private const string Pil = """
        import sys
        from PIL import Image, ImageOps
        image = ImageOps.exif_transpose(Image.open(sys.argv[1])).convert("RGB")
        open(sys.argv[2], "wb").write(image.tobytes())
        print(*image.size)
        """;

    /// <summary>Debian's own Python has Debian's PIL, whatever else is first in the path. Null without PIL.</summary>
    private static readonly Lazy<string?> _python = new(() => ((string[])["/usr/bin/python3", "python3"]).FirstOrDefault(python => Try(python, ["-c", "import PIL"]) is 0));

    private readonly Folder _folder = new();
    private readonly ImageInspector _inspector = new();
    private readonly ImageReader _reader = new(Options.Create(new MediaOptions()));

    public static TheoryData<string> Stored { get; } =
        ["base.png", "png-exif6.png", "apng-1frame.png", "jpeg-progressive.jpg", "jpeg-progressive-restart.jpg", "jpeg-restart.jpg", "jpeg-three-scans.jpg"];

    public static TheoryData<int> Orientations { get; } = [1, 2, 3, 4, 5, 6, 7, 8];

    public void Dispose() => _folder.Dispose();

    /// <summary>Chroma is upsampled by libjpeg in both; a level or two may differ by version.</summary>
    [Theory]
    [MemberData(nameof(Stored))]
    public void PIL_sees_the_same_size_and_pixels(string name) => Compare(CaseFiles.Bytes(name), tolerance: 3);

    [Theory]
    [MemberData(nameof(Orientations))]
    public void PIL_turns_every_container_alike(int orientation)
    {
        Compare(PngBytes.WithChunk(Pictures.Png(), "eXIf"u8, Pictures.Exif(orientation)), tolerance: 0);
        Compare(PngBytes.WithLastChunk(Pictures.Png(), "eXIf"u8, Pictures.Exif(orientation)), tolerance: 0);
        Compare(Pictures.WithOrientation(Pictures.Jpeg(), orientation), tolerance: 3);
        Compare(Pictures.WebpWithExif(Pictures.Exif(orientation)), tolerance: 3);
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public void ExifTool_reads_the_same_orientation(int orientation)
    {
        Require("exiftool", "-ver");
        foreach (var bytes in (byte[][])[PngBytes.WithLastChunk(Pictures.Png(), "eXIf"u8, Pictures.Exif(orientation)), Pictures.WebpWithExif(Pictures.Exif(orientation))])
        {
            var read = int.Parse(Tool.Run("exiftool", ["-n", "-s3", "-Orientation", _folder.Write("picture", bytes)]), CultureInfo.InvariantCulture);

            read.ShouldBe(orientation);
            _inspector.Inspect(bytes, Pictures.Limits).Width.ShouldBe(read < 5 ? 320 : 240);
        }
    }

    [Theory]
    [InlineData("Lab ", "identity")]
    [InlineData("Lab ", "gamma")]
    [InlineData("Lab ", "table")]
    [InlineData("Lab ", "parametric")]
    [InlineData("XYZ ", "gamma")]
    [InlineData("XYZ ", "table")]
    [InlineData("XYZ ", "parametric")]
    public void LittleCMS_gives_a_gray_profile_the_same_levels_within_two(string space, string curve)
    {
        Require("transicc", "--help");
        var profile = IccBytes.Gray(space, curve switch
        {
            "identity" => IccBytes.Identity(),
            "gamma" => IccBytes.Gamma(space == "Lab " ? 0.9 : 2.2),
            "table" => IccBytes.Table(x => 0.05 + (0.95 * Math.Pow(x, 1.3))),
            _ => IccBytes.Parametric(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
        });
        var path = _folder.Write("gray.icc", profile);
        var expected = Pictures.Grays.Select(gray => Transicc(path, gray)).ToArray();

        foreach (var file in (byte[][])[PngBytes.WithProfile(Pictures.GrayPng(), profile), Pictures.GrayJpeg(profile)])
        {
            var image = Read(file);
            var levels = Enumerable.Range(0, 6).Select(i => (double)image.Pixels.Span[((i * 40) + 20) * 3]).ToArray();
            levels.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThanOrEqualTo(2, $"{string.Join(' ', levels)} not {string.Join(' ', expected)}");
        }
    }

    [Theory]
    [InlineData("jpeg-no-eoi.jpg")]
    [InlineData("webp-1frame-anim.webp")]
    [InlineData("base.png")]
    public void Ffmpeg_sees_the_same_picture(string name)
    {
        var image = Read(CaseFiles.Bytes(name));
        if (name.EndsWith(".webp", StringComparison.Ordinal))
            Assert.SkipUnless(Try("ffmpeg", ["-v", "error", "-i", CaseFiles.Path(name), "-f", "null", "-"]) is 0, "this ffmpeg reads no animated WEBP");

        string[] raw = ["-frames:v", "1", "-sws_flags", "full_chroma_int+accurate_rnd+bicubic", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"];
        var other = Tool.RunBytes("ffmpeg", ["-v", "quiet", "-i", CaseFiles.Path(name), .. raw]);

        other.Length.ShouldBe(image.Pixels.Length);
        ClipFrames.Difference(image.Pixels.Span, other).ShouldBeLessThan(1.5);
    }

    private void Compare(byte[] bytes, int tolerance)
    {
        Assert.SkipWhen(_python.Value is null, "Python has no PIL here");
        var (path, pixels) = (_folder.Write("picture", bytes), _folder.Path("pixels"));
        var size = Tool.Run(_python.Value!, ["-c", Pil, path, pixels]).Trim();
        var image = Read(bytes);
        var verdict = _inspector.Inspect(bytes, Pictures.Limits);

        $"{image.Width} {image.Height}".ShouldBe(size);
        $"{verdict.Width} {verdict.Height}".ShouldBe(size);
        var other = File.ReadAllBytes(pixels);
        var largest = 0;
        for (var i = 0; i < other.Length; i++)
            largest = Math.Max(largest, Math.Abs(other[i] - image.Pixels.Span[i]));
        largest.ShouldBeLessThanOrEqualTo(tolerance);
    }

    private static double Transicc(string profile, int gray)
    {
        var start = new ProcessStartInfo("transicc", ["-t1", "-n", "-i", profile, "-o", "*sRGB"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.WriteLine(gray.ToString(CultureInfo.InvariantCulture));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }

    private static void Require(string program, params string[] arguments) =>
        Assert.SkipWhen(Try(program, arguments) is null, $"{program} does not run here");

    private static int? Try(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private RgbImage Read(byte[] bytes) => _reader.Read(Pictures.Input(_folder.Write("read", bytes)), TestContext.Current.CancellationToken);
}
