using Kinema.Engines;
using Kinema.Media.Images;
using Kinema.Media.Tests.Support;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Kinema.Media.Tests.Images;

public sealed class ImageReaderTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly ImageReader _reader = new(Options.Create(new MediaOptions()));

    public void Dispose() => _folder.Dispose();

    /// <summary>Corners from the top left clockwise, as EXIF's eight orientations show red, green, white, blue stored clockwise.</summary>
    [Theory]
    [InlineData(1, "RGWB")]
    [InlineData(2, "GRBW")]
    [InlineData(3, "WBRG")]
    [InlineData(4, "BWGR")]
    [InlineData(5, "RBWG")]
    [InlineData(6, "BRGW")]
    [InlineData(7, "WGRB")]
    [InlineData(8, "GWBR")]
    public void Orientation_is_applied(int orientation, string corners)
    {
        var image = Read(Pictures.WithOrientation(Pictures.Jpeg(400, 300), orientation));

        (image.Width, image.Height).ShouldBe(orientation < 5 ? (400, 300) : (300, 400));
        Corners(image).ShouldBe(corners);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Every_format_shows_the_same_picture(SKEncodedImageFormat format) => Corners(Read(Pictures.Encode(format))).ShouldBe("RGWB");

    [Fact]
    public void A_bitmap_stored_from_the_bottom_stands_upright() => Corners(Read(Pictures.Bmp())).ShouldBe("RGWB");

    [Fact]
    public void A_bitmap_whose_alpha_is_0_everywhere_is_opaque() => Corners(Read(BmpBytes.WithAlpha(320, 240, (_, _) => 0))).ShouldBe("RGWB");

    [Fact]
    public void A_bitmap_with_some_alpha_is_flattened_on_white() => Corners(Read(BmpBytes.WithAlpha(320, 240, (x, _) => x < 160 ? (byte)255 : (byte)0))).ShouldBe("RWWB");

    [Theory]
    [InlineData("apng-1frame.png", 3)]
    [InlineData("webp-1frame-anim.webp", 6)]
    public void An_animation_of_one_frame_shows_its_chart(string name, int tolerance) =>
        Chart.LargestDifference(Chart.Read(Read(CaseFiles.Bytes(name))), Chart.Colours).ShouldBeLessThanOrEqualTo(tolerance);

    [Theory]
    [InlineData(0, 255, 255)]
    [InlineData(128, 255, 127)]
    [InlineData(255, 255, 0)]
    public void Transparency_is_flattened_on_white(byte alpha, byte red, byte green)
    {
        using var bitmap = new SKBitmap(300, 300, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        bitmap.Erase(new SKColor(255, 0, 0, alpha));
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        var pixel = Read(png.ToArray()).Pixels.Span[..3];

        ((int)pixel[0]).ShouldBe(red);
        ((int)pixel[1]).ShouldBeInRange(green - 1, green + 1);
    }

    [Fact]
    public void A_colour_profile_is_converted_to_srgb()
    {
        using var wide = SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.DisplayP3);
        using var bitmap = new SKBitmap(new SKImageInfo(300, 300, SKColorType.Rgba8888, SKAlphaType.Opaque, wide));
        bitmap.GetPixelSpan().Fill(255);
        for (var i = 0; i < 300 * 300; i++)
            (bitmap.GetPixelSpan()[i * 4], bitmap.GetPixelSpan()[(i * 4) + 1], bitmap.GetPixelSpan()[(i * 4) + 2]) = (180, 120, 90);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        var pixel = Read(png.ToArray()).Pixels.Span[..3];

        // The same colour needs more red in the smaller space: Display P3 (180, 120, 90) is about sRGB (189, 118, 86).
        ((int)pixel[0]).ShouldBeInRange(187, 191);
        ((int)pixel[1]).ShouldBeInRange(116, 120);
        ((int)pixel[2]).ShouldBeInRange(83, 88);
    }

    [Fact]
    public void CMYK_is_converted_to_RGB()
    {
        var image = Read(Pictures.CmykJpeg());

        (image.Width, image.Height).ShouldBe((16, 16));
        var pixel = image.Pixels.Span[..3];
        ((int)pixel[0]).ShouldBeGreaterThan(220);
        ((int)pixel[1]).ShouldBeLessThan(60);
        ((int)pixel[2]).ShouldBeLessThan(60);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_file_cut_short_is_refused(SKEncodedImageFormat format)
    {
        var bytes = Pictures.Noise(format);

        Should.Throw<EngineException>(() => Read(bytes[..(bytes.Length / 2)])).Code.ShouldBe("INPUT_MEDIA_INVALID");
    }

    [Fact]
    public void A_bitmap_cut_short_is_refused() =>
        Should.Throw<EngineException>(() => Read(Pictures.Bmp()[..90_000])).Code.ShouldBe("INPUT_MEDIA_INVALID");

    [Fact]
    public void A_file_that_is_not_an_image_is_refused() =>
        Should.Throw<EngineException>(() => Read("<html>"u8.ToArray())).Message.ShouldBe("the image cannot be decoded: its header cannot be read");

    [Fact]
    public void More_pixels_than_are_ever_decoded_are_refused_before_memory_is_taken() =>
        Should.Throw<EngineException>(() => Read(Pictures.PngHeader(30000, 30000))).Message.ShouldContain("30000×30000");

    [Fact]
    public void A_cancelled_read_stops()
    {
        var path = _folder.Write("picture", Pictures.Png());

        Should.Throw<OperationCanceledException>(() => _reader.Read(Pictures.Input(path), new CancellationToken(canceled: true)));
    }

    private static string Corners(RgbImage image)
    {
        return string.Concat(At(20, 20), At(image.Width - 20, 20), At(image.Width - 20, image.Height - 20), At(20, image.Height - 20));

        char At(int x, int y) => image.Pixels.Span.Slice(((y * image.Width) + x) * 3, 3) switch
        {
            [> 200, < 60, < 60] => 'R',
            [< 60, > 200, < 60] => 'G',
            [< 60, < 60, > 200] => 'B',
            [> 200, > 200, > 200] => 'W',
            _ => '?',
        };
    }

    private RgbImage Read(byte[] bytes) => _reader.Read(Pictures.Input(_folder.Write("picture", bytes)), TestContext.Current.CancellationToken);
}
