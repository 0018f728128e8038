using Kinema.Engines;
using Kinema.Media.Images;
using Kinema.Media.Tests.Support;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Kinema.Media.Tests.Images;

public sealed class SmallCopiesTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int> Orientations => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Orientations))]
    public void A_copy_stands_upright(int orientation)
    {
        var copy = Read(Pictures.WithOrientation(Pictures.Jpeg(), orientation), 96)!;

        (copy.Width, copy.Height).ShouldBe(orientation < 5 ? (96, 72) : (72, 96));
        Pictures.Corners(copy, 6).ShouldBe(Pictures.QuartersByOrientation[orientation - 1]);
    }

    [Theory]
    [InlineData(3200, 400, 96, 12)]
    [InlineData(400, 3200, 12, 96)]
    [InlineData(5000, 10, 96, 1)]
    [InlineData(50, 40, 50, 40)]
    public void It_keeps_the_shape_and_is_never_larger_than_the_picture(int width, int height, int copyWidth, int copyHeight)
    {
        foreach (var picture in new[] { Pictures.Png(width, height), Pictures.Jpeg(width, height), Pictures.Encode(SKEncodedImageFormat.Webp, width, height) })
        {
            var copy = Read(picture, 96)!;
            (copy.Width, copy.Height).ShouldBe((copyWidth, copyHeight));
        }
    }

    [Fact]
    public void Transparent_parts_are_white()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(200, 200, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(SKColors.Black.WithAlpha(0));
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        Read(png.ToArray(), 96)!.Pixels.ToArray().ShouldAllBe(value => value == 255);
    }

    /// <summary>A reduced copy of thin stripes is their mean: no line was left out.</summary>
    [Fact]
    public void All_pixels_of_the_picture_count()
    {
        using var bitmap = new SKBitmap(768, 768);
        for (var y = 0; y < 768; y++)
        {
            for (var x = 0; x < 768; x++)
                bitmap.SetPixel(x, y, y % 2 == 0 ? SKColors.White : SKColors.Black);
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        Read(png.ToArray(), 96)!.Pixels.ToArray().Average(value => value).ShouldBeInRange(115, 140);
    }

    [Fact]
    public void A_jpeg_copy_has_no_metadata()
    {
        var copy = Copies().ReadJpeg(Input(Pictures.WithSegment(Pictures.WithOrientation(Pictures.Jpeg(), 6), "http://ns.adobe.com/xap/1.0/\0secret"u8.ToArray())), 96)!;

        copy.AsSpan().IndexOf("secret"u8).ShouldBe(-1);
        copy.AsSpan().IndexOf("Exif"u8).ShouldBe(-1);
        using var bitmap = SKBitmap.Decode(copy);
        (bitmap.Width, bitmap.Height).ShouldBe((72, 96));
    }

    [Fact]
    public void What_is_no_picture_has_no_copy()
    {
        Read([], 96).ShouldBeNull();
        Read("no picture at all"u8.ToArray(), 96).ShouldBeNull();
        Copies().ReadJpeg(Input("no picture at all"u8.ToArray()), 96).ShouldBeNull();
    }

    [Fact]
    public void A_picture_of_more_pixels_than_are_decoded_has_no_copy() =>
        Copies(new() { MaxDecodedPixels = 1_000_000 }).Read(Input(Pictures.PngHeader(5000, 5000)), 96).ShouldBeNull();

    private static SmallCopies Copies(MediaOptions? options = null) => new(Options.Create(options ?? new()));

    private RgbImage? Read(byte[] picture, int longestSide) => Copies().Read(Input(picture), longestSide);

    private MediaInput Input(byte[] picture) => Pictures.Input(_folder.Write("picture", picture));
}
