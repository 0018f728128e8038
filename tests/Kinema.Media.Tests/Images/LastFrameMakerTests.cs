using Kinema.Engines;
using Kinema.Media.Images;
using Kinema.Media.Tests.Support;
using SkiaSharp;

namespace Kinema.Media.Tests.Images;

public sealed class LastFrameMakerTests
{
    private readonly LastFrameMaker _maker = new();

    [Theory]
    [InlineData(16, 128, 128, 0, 0, 0)]
    [InlineData(126, 128, 128, 128, 128, 128)]
    [InlineData(235, 128, 128, 255, 255, 255)]
    [InlineData(63, 102, 240, 255, 0, 0)]
    [InlineData(173, 42, 26, 0, 255, 0)]
    [InlineData(32, 240, 118, 0, 0, 255)]
    public void A_last_frame_has_the_colours_of_the_frame(byte y, byte cb, byte cr, int red, int green, int blue)
    {
        var format = new VideoFormat(64, 48, 30, 1);
        var frame = new byte[format.FrameBytes];
        frame.AsSpan(0, 64 * 48).Fill(y);
        frame.AsSpan(64 * 48, 32 * 24).Fill(cb);
        frame.AsSpan(64 * 48 * 5 / 4).Fill(cr);

        using var picture = SKBitmap.Decode(_maker.Encode(format, frame));

        (picture.Width, picture.Height).ShouldBe((64, 48));
        foreach (var (x, line) in ((int, int)[])[(0, 0), (63, 47), (30, 20), (31, 21)])
        {
            var pixel = picture.GetPixel(x, line);
            ((int)pixel.Red).ShouldBeInRange(red - 2, red + 2);
            ((int)pixel.Green).ShouldBeInRange(green - 2, green + 2);
            ((int)pixel.Blue).ShouldBeInRange(blue - 2, blue + 2);
        }
    }

    [Fact]
    public void Chroma_lies_on_even_columns_and_between_two_rows()
    {
        var format = new VideoFormat(8, 8, 30, 1);
        var frame = new byte[format.FrameBytes];
        frame.AsSpan(0, 64).Fill(126);
        frame.AsSpan(64).Fill(128);
        for (var y = 0; y < 4; y++)
        {
            for (var x = 0; x < 4; x++)
                frame[64 + 16 + (y * 4) + x] = (byte)(128 + (8 * x)); // more red to the right
        }

        using var picture = SKBitmap.Decode(_maker.Encode(format, frame));

        // 1.793 of red for each step of Cr: 8 for two columns, so 4 for one, until the last sample repeats.
        var reds = Enumerable.Range(0, 8).Select(x => (int)picture.GetPixel(x, 3).Red).ToList();
        reds.Zip(reds.Skip(1), (a, b) => b - a).Take(6).ShouldAllBe(step => step == 7 || step == 8);
        reds[7].ShouldBe(reds[6]);
    }

    [Fact]
    public void The_file_says_nothing_about_gamma_and_colour()
    {
        var format = new VideoFormat(64, 48, 30, 1);
        var png = _maker.Encode(format, new byte[format.FrameBytes]);

        var chunks = PngBytes.Chunks(png).Select(chunk => chunk.Type).ToList();

        chunks[0].ShouldBe("IHDR");
        chunks[^1].ShouldBe("IEND");
        chunks[1..^1].ShouldAllBe(chunk => chunk == "IDAT");
    }
}
