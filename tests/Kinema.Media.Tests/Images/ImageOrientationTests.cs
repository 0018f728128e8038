using System.Text;
using Kinema.Engines;
using Kinema.Media.Images;
using Kinema.Media.Tests.Support;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Tests.Images;

/// <summary>Orientation in every container: the size that inspection reports and the decoded picture turn together.</summary>
public sealed class ImageOrientationTests : IDisposable
{
    private const int Inset = 20;

    private readonly Folder _folder = new();
    private readonly ImageInspector _inspector = new();
    private readonly ImageReader _reader = new(Options.Create(new MediaOptions()));

    public static TheoryData<string, int> Containers
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var container in (string[])["png before", "png after", "png prefixed", "webp", "webp prefixed", "jpeg", "jpeg behind xmp", "jpeg little-endian"])
            {
                for (var orientation = 1; orientation <= 8; orientation++)
                    data.Add(container, orientation);
            }

            return data;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Containers))]
    public void A_picture_stands_upright_whatever_container_says_its_orientation(string container, int orientation)
    {
        var bytes = Make(container, orientation);

        var verdict = _inspector.Inspect(bytes, Pictures.Limits);
        var image = Read(bytes);

        (verdict.Width, verdict.Height).ShouldBe(orientation < 5 ? (320, 240) : (240, 320));
        (image.Width, image.Height).ShouldBe((verdict.Width, verdict.Height));
        Pictures.Corners(image, Inset).ShouldBe(Pictures.QuartersByOrientation[orientation - 1]);
    }

    [Fact]
    public void The_turned_chart_is_read_as_the_upright_one()
    {
        var upright = Read(CaseFiles.Bytes("base.png"));

        var turned = Read(CaseFiles.Bytes("png-exif6.png"));

        (turned.Width, turned.Height).ShouldBe((960, 720));
        turned.Pixels.Span.SequenceEqual(upright.Pixels.Span).ShouldBeTrue();
        _inspector.Inspect(CaseFiles.Bytes("png-exif6.png"), Pictures.Limits).Width.ShouldBe(960);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void An_orientation_that_does_not_exist_is_ignored(int orientation) =>
        Pictures.Corners(Read(PngBytes.WithChunk(Pictures.Png(), "eXIf"u8, Pictures.Exif(orientation))), Inset).ShouldBe("RGWB");

    [Fact]
    public void The_first_of_two_orientations_counts() =>
        Pictures.Corners(Read(PngBytes.WithLastChunk(PngBytes.WithChunk(Pictures.Png(), "eXIf"u8, Pictures.Exif(6)), "eXIf"u8, Pictures.Exif(3))), Inset).ShouldBe("BRGW");

    [Fact]
    public void An_orientation_far_behind_the_beginning_of_its_block_is_found()
    {
        // The first directory's place is a number of its own.
        byte[] far = [.. "Exif\0\0MM\0*"u8, 0, 0, 20, 0, .. new byte[5112], .. Pictures.Exif(6)[8..]];

        Pictures.Corners(Read(Pictures.WithSegment(Pictures.Jpeg(), far)), Inset).ShouldBe("BRGW");
    }

    private static byte[] Make(string container, int orientation)
    {
        var exif = Pictures.Exif(orientation);
        byte[] prefixed = [.. "Exif\0\0"u8, .. exif];
        return container switch
        {
            "png before" => PngBytes.WithChunk(Pictures.Png(), "eXIf"u8, exif),
            "png after" => PngBytes.WithLastChunk(Pictures.Png(), "eXIf"u8, exif),
            "png prefixed" => PngBytes.WithChunk(Pictures.Png(), "eXIf"u8, prefixed),
            "webp" => Pictures.WebpWithExif(exif),
            "webp prefixed" => Pictures.WebpWithExif(prefixed),
            "jpeg" => Pictures.WithOrientation(Pictures.Jpeg(), orientation),
            "jpeg behind xmp" => Pictures.WithSegment(Pictures.WithOrientation(Pictures.Jpeg(), orientation), Xmp()),
            "jpeg little-endian" => Pictures.WithSegment(Pictures.Jpeg(), [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0]),
            _ => throw new ArgumentOutOfRangeException(nameof(container)),
        };
    }

    private static byte[] Xmp() => Encoding.UTF8.GetBytes("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + new string(' ', 30_000) + "</x:xmpmeta>");

    private RgbImage Read(byte[] bytes) => _reader.Read(Pictures.Input(_folder.Write("picture", bytes)), TestContext.Current.CancellationToken);
}
