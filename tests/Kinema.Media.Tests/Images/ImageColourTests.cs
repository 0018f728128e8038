using Kinema.Engines;
using Kinema.Media.Images;
using Kinema.Media.Tests.Support;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Kinema.Media.Tests.Images;

/// <summary>Colours said by code points and by gray profiles, and which of several descriptions counts.</summary>
public sealed class ImageColourTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly ImageInspector _inspector = new();
    private readonly ImageReader _reader = new(Options.Create(new MediaOptions()));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Display_P3_said_only_by_code_points_is_within_three_levels_of_the_sRGB_chart()
    {
        Chart.LargestDifference(Chart.Read(Read(CaseFiles.Bytes("png-cicp-p3.png"))), Chart.Colours).ShouldBeLessThanOrEqualTo(3);
        Inspect(CaseFiles.Bytes("png-cicp-p3.png")).Note.ShouldBeNull();
    }

    /// <summary>Below the highlights HDR has the colours of SDR; white, at 203 cd/m², gets room above it.</summary>
    [Fact]
    public void PQ_is_tone_mapped_with_its_reference_white_near_250_and_noted()
    {
        var cells = Chart.Read(Read(CaseFiles.Bytes("png-cicp-pq.png")));

        Chart.LargestDifference(cells, Chart.Colours).ShouldBeLessThanOrEqualTo(3);
        Inspect(CaseFiles.Bytes("png-cicp-pq.png")).Note.ShouldBe("is an HDR picture (PQ); it was tone-mapped to SDR with reference white at level 250");
    }

    [Fact]
    public void HLG_is_tone_mapped_with_its_reference_white_near_250_and_noted()
    {
        var hlg = Chart.Encode(light => HdrFormulas.Hlg(ToBt2020(light)), [9, 18, 0, 1]);

        Chart.LargestDifference(Chart.Read(Read(hlg)), Chart.Colours).ShouldBeLessThanOrEqualTo(3);
        Inspect(hlg).Note.ShouldBe("is an HDR picture (HLG); it was tone-mapped to SDR with reference white at level 250");
    }

    /// <remarks>ITU-R BT.2408-7, table 1: reference white is 58 % of PQ and 75 % of HLG.</remarks>
    [Theory]
    [InlineData(16, 0.58)]
    [InlineData(18, 0.75)]
    public void Reference_white_becomes_250_and_brighter_light_still_differs(byte transfer, double white)
    {
        ushort[] steps = [(ushort)(white * 65535), (ushort)((white + 0.06) * 65535), 65535];
        var image = Read(PngBytes.WithChunk(PngBytes.Deep(240, 240, (x, _) => [steps[x / 80], steps[x / 80], steps[x / 80]]), "cICP"u8, [9, transfer, 0, 1]));

        int[] levels = [image.Pixels.Span[40 * 3], image.Pixels.Span[120 * 3], image.Pixels.Span[200 * 3]];

        levels[0].ShouldBeInRange(249, 251);
        levels[1].ShouldBeGreaterThan(levels[0]);
        levels[2].ShouldBeGreaterThan(levels[1]);
    }

    [Theory]
    [InlineData(1, 13, 1)]
    [InlineData(12, 13, 1)]
    [InlineData(9, 1, 1)]
    [InlineData(6, 8, 1)]
    [InlineData(5, 4, 1)]
    [InlineData(11, 5, 1)]
    [InlineData(1, 13, 0)]
    [InlineData(12, 16, 0)]
    public void Code_points_of_any_gamut_curve_and_range_show_the_same_chart(byte primaries, byte transfer, byte range)
    {
        var gamut = SKColorSpacePrimaries.Empty;
        gamut = primaries switch
        {
            5 => new(0.64f, 0.33f, 0.29f, 0.60f, 0.15f, 0.06f, 0.3127f, 0.3290f),
            6 => new(0.630f, 0.340f, 0.310f, 0.595f, 0.155f, 0.070f, 0.3127f, 0.3290f),
            9 => new(0.708f, 0.292f, 0.170f, 0.797f, 0.131f, 0.046f, 0.3127f, 0.3290f),
            11 => new(0.680f, 0.320f, 0.265f, 0.690f, 0.150f, 0.060f, 0.314f, 0.351f),
            12 => new(0.680f, 0.320f, 0.265f, 0.690f, 0.150f, 0.060f, 0.3127f, 0.3290f),
            _ => new(0.64f, 0.33f, 0.30f, 0.60f, 0.15f, 0.06f, 0.3127f, 0.3290f),
        };
        Func<double, double> encode = transfer switch
        {
            4 => light => Math.Pow(light, 1 / 2.2),
            5 => light => Math.Pow(light, 1 / 2.8),
            8 => light => light,
            16 => HdrFormulas.Pq,
            _ => Srgb,
        };
        var file = Chart.Encode(
            light => [.. ToGamut(light, gamut).Select(channel => encode(Math.Max(channel, 0))).Select(value => range == 1 ? value : ((value * 219) + 16) / 255)],
            [primaries, transfer, 0, range]);

        Chart.LargestDifference(Chart.Read(Read(file)), Chart.Colours).ShouldBeLessThanOrEqualTo(3);
    }

    /// <summary>One picture whose numbers mean a different colour by each description; the highest in rank counts.</summary>
    [Theory]
    [InlineData("cICP iCCP sRGB gAMA", "cICP")]
    [InlineData("iCCP sRGB gAMA", "iCCP")]
    [InlineData("sRGB gAMA", "sRGB")]
    [InlineData("gAMA", "gAMA")]
    [InlineData("cICP(0) iCCP", "iCCP")]
    public void The_highest_description_counts(string chunks, string counting)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(240, 240, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(new SKColor(180, 120, 90));
        using var plain = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var bare = PngBytes.WithoutColour(plain.ToArray());
        var expected = Read(With(bare, counting)).Pixels.Span[..3].ToArray();

        var pixel = Read(chunks.Split(' ').Reverse().Aggregate(bare, With)).Pixels.Span[..3].ToArray();

        pixel.ShouldBe(expected);
        byte[] known = counting switch
        {
            // By hand: Display P3, gamma 1.8, sRGB and linear light to sRGB.
            "cICP" => [190, 117, 84],
            "iCCP" => [193, 139, 109],
            "sRGB" => [180, 120, 90],
            _ => [219, 183, 160],
        };
        expected.ShouldBe(known);
    }

    /// <remarks>Values of LittleCMS 2.14: transicc -t1, profile to sRGB.</remarks>
    [Theory]
    [InlineData("identity", new[] { 0, 23, 56, 119, 194, 255 })]
    [InlineData("gamma 0.9", new[] { 0, 28, 64, 129, 199, 255 })]
    [InlineData("table", new[] { 27, 39, 67, 124, 195, 255 })]
    public void A_gray_profile_in_Lab_is_applied_within_two_levels_of_LittleCMS(string curve, int[] expected)
    {
        var profile = IccBytes.Gray("Lab ", curve switch
        {
            "identity" => IccBytes.Identity(),
            "gamma 0.9" => IccBytes.Gamma(0.9),
            _ => IccBytes.Table(x => 0.1 + (0.9 * Math.Pow(x, 1.1))),
        });
        foreach (var file in (byte[][])[PngBytes.WithProfile(Pictures.GrayPng(), profile), Pictures.GrayJpeg(profile), DeepGray(profile)])
        {
            var image = Read(file);
            var levels = Enumerable.Range(0, 6).Select(i => (int)image.Pixels.Span[((i * 40) + 20) * 3]).ToArray();
            levels.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThanOrEqualTo(2, string.Join(' ', levels));
        }
    }

    private static byte[] With(byte[] png, string chunk) => chunk switch
    {
        "cICP" => PngBytes.WithChunk(png, "cICP"u8, [12, 13, 0, 1]),
        // A matrix other than RGB's is not allowed: the chunk means nothing.
        "cICP(0)" => PngBytes.WithChunk(png, "cICP"u8, [12, 13, 1, 1]),
        "iCCP" => PngBytes.WithChunk(png, "iCCP"u8, Gamma18Profile()),
        "sRGB" => PngBytes.WithChunk(png, "sRGB"u8, [0]),
        _ => PngBytes.WithChunk(png, "gAMA"u8, [0, 1, 0x86, 0xA0]),
    };

    private static byte[] Gamma18Profile()
    {
        using var gamma = SKColorSpace.CreateRgb(new SKColorSpaceTransferFn(1.8f, 1, 0, 0, 0, 0, 0), SKColorSpaceXyz.Srgb);
        using var bitmap = new SKBitmap(new SKImageInfo(8, 8, SKColorType.Rgba8888, SKAlphaType.Opaque, gamma));
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return PngBytes.Find(png.ToArray(), "iCCP");
    }

    private static byte[] DeepGray(byte[] profile) => PngBytes.WithProfile(PngBytes.Deep(240, 240, (x, _) => [(ushort)(Pictures.Grays[x / 40] * 257)]), profile);

    private static double[] ToBt2020(double[] light) => ToGamut(light, new(0.708f, 0.292f, 0.170f, 0.797f, 0.131f, 0.046f, 0.3127f, 0.3290f));

    /// <summary>Skia's own matrices, so that the product's are not checked against themselves.</summary>
    private static double[] ToGamut(double[] light, SKColorSpacePrimaries primaries)
    {
        var xyz = SKColorSpaceXyz.Srgb.Values;
        var inverse = primaries.ToColorSpaceXyz().Invert().Values;
        return Multiply(inverse, Multiply(xyz, light));

        static double[] Multiply(float[] m, double[] v) =>
            [(m[0] * v[0]) + (m[1] * v[1]) + (m[2] * v[2]), (m[3] * v[0]) + (m[4] * v[1]) + (m[5] * v[2]), (m[6] * v[0]) + (m[7] * v[1]) + (m[8] * v[2])];
    }

    private static double Srgb(double light) => light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;

    private ImageInspection Inspect(byte[] bytes) => _inspector.Inspect(bytes, Pictures.Limits);

    private RgbImage Read(byte[] bytes) => _reader.Read(Pictures.Input(_folder.Write("picture", bytes)), TestContext.Current.CancellationToken);
}
