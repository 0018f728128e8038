using Kinema.Engines;
using Kinema.Media.Images;
using Kinema.Media.Images.Jpeg;
using Kinema.Media.Tests.Support;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Tests.Images;

/// <summary>A JPEG is whole if its scans have all their MCUs, with or without an end marker; a cut one is refused wherever it was cut.</summary>
public sealed class JpegCompletenessTests : IDisposable
{
    private static readonly byte[] _end = [0xFF, 0xD9];

    private readonly Folder _folder = new();
    private readonly ImageReader _reader = new(Options.Create(new MediaOptions()));

    public static TheoryData<string> WholeFiles { get; } =
        ["jpeg-progressive.jpg", "jpeg-progressive-restart.jpg", "jpeg-restart.jpg", "jpeg-three-scans.jpg", "baseline"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(WholeFiles))]
    public void A_whole_picture_is_whole_without_its_end_marker_and_with_anything_behind_it(string name)
    {
        var file = Load(name);
        var picture = Read(file);

        foreach (var other in (byte[][])[file[..^2], file[..^1], [.. file, .. new byte[5000]], [.. file, .. file[..500]], [.. file[..^2], .. new byte[5000]]])
            Read(other).Pixels.Span.SequenceEqual(picture.Pixels.Span).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(WholeFiles))]
    public void A_cut_picture_has_a_gap_with_and_without_an_end_marker(string name) => Cut(name, stride: 61);

    [Theory]
    [MemberData(nameof(WholeFiles))]
    [Trait("Set", "long")]
    public void A_picture_cut_at_any_byte_of_its_scans_has_a_gap_with_and_without_an_end_marker(string name) => Cut(name, stride: 1);

    [Theory]
    [InlineData("jpeg-progressive.jpg", 0.5, "the image cannot be decoded: the file is cut short: its scan ")]
    [InlineData("baseline", 0.5, "the image cannot be decoded: the file is cut short: 4")]
    public void The_refusal_says_how_much_is_there(string name, double share, string message)
    {
        var file = Load(name);
        var cut = file[..(int)(file.Length * share)];

        foreach (var other in (byte[][])[cut, [.. cut, .. _end], [.. cut, .. new byte[cut.Length]]])
            Should.Throw<EngineException>(() => Read(other)).Message.ShouldStartWith(message);
    }

    [Fact]
    public void A_progressive_file_with_a_third_of_its_bytes_is_refused()
    {
        var error = Should.Throw<EngineException>(() => Read(CaseFiles.Bytes("jpeg-prog-cut30.jpg")));

        error.Code.ShouldBe("INPUT_MEDIA_INVALID");
        error.Message.ShouldBe("the image cannot be decoded: the file is cut short: its scan 4 ends after 54.1 % of the picture, and no scan follows");
    }

    [Fact]
    public void A_whole_photograph_without_an_end_marker_is_accepted_with_the_same_pixels()
    {
        var file = CaseFiles.Bytes("jpeg-no-eoi.jpg");

        Read(file).Pixels.Span.SequenceEqual(Read([.. file, .. _end]).Pixels.Span).ShouldBeTrue();
    }

    [Fact]
    public void A_thumbnail_does_not_hide_that_its_picture_is_cut()
    {
        var file = Load("baseline");
        var thumbnail = Pictures.Jpeg(32, 24);
        var withThumbnail = Pictures.WithSegment(file, [.. "Exif\0\0"u8, .. thumbnail]);

        Gap(withThumbnail).ShouldBeNull();
        Gap(withThumbnail[..(withThumbnail.Length / 2)]).ShouldNotBeNull();
    }

    /// <summary>Cuts at every so many bytes, and at each of the last and those around the ends of scans.</summary>
    private static void Cut(string name, int stride)
    {
        var file = Load(name);
        var jpeg = JpegFile.Read(file);
        var ends = jpeg.Scans.SelectMany(scan => Enumerable.Range(scan.End - 3, 6)).ToHashSet();
        // Behind a whole scan and the first byte of a marker, an end marker makes a picture that the standard allows.
        var allowed = jpeg.Frame!.IsProgressive ? jpeg.Scans.SelectMany(scan => new[] { scan.End, scan.End + 1 }).ToHashSet() : [];

        for (var length = jpeg.Scans[0].Start; length < jpeg.Scans[^1].End; length++)
        {
            if (length % stride > 0 && length < jpeg.Scans[^1].End - 60 && !ends.Contains(length))
                continue;
            Gap(file[..length]).ShouldNotBeNull($"{length} of {file.Length} bytes");
            if (!allowed.Contains(length))
                Gap([.. file[..length], .. _end]).ShouldNotBeNull($"{length} of {file.Length} bytes and an end marker");
        }

        Gap(file).ShouldBeNull();
        Gap(file[..^2]).ShouldBeNull();
    }

    private static string? Gap(byte[] file) => JpegCompleteness.FindGap(JpegFile.Read(file), file);

    private static byte[] Load(string name) => name == "baseline" ? Pictures.Noise(SkiaSharp.SKEncodedImageFormat.Jpeg) : CaseFiles.Bytes(name);

    private RgbImage Read(byte[] bytes) => _reader.Read(Pictures.Input(_folder.Write("picture", bytes)), TestContext.Current.CancellationToken);
}
