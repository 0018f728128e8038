using Kinema.Wan.Engine;

namespace Kinema.Wan.Worker.Tests.Engine;

/// <summary>The codes of ITU-R BT.709-6 in limited range, and where chroma is sited.</summary>
public sealed class PlanarFrameTests
{
    [Theory]
    [InlineData(255, 255, 255, 235, 128, 128)]
    [InlineData(0, 0, 0, 16, 128, 128)]
    [InlineData(128, 128, 128, 126, 128, 128)]
    [InlineData(255, 0, 0, 63, 102, 240)]
    [InlineData(0, 255, 0, 173, 42, 26)]
    [InlineData(0, 0, 255, 32, 240, 118)]
    [InlineData(255, 255, 0, 219, 16, 138)]
    [InlineData(0, 255, 255, 188, 154, 16)]
    [InlineData(255, 0, 255, 78, 214, 230)]
    public void A_plain_color_has_the_standard_s_codes(byte red, byte green, byte blue, byte luma, byte cb, byte cr)
    {
        var frame = Frame(6, 4, (_, _) => (red, green, blue));

        frame[..24].ShouldAllBe(code => code == luma);
        frame[24..30].ShouldAllBe(code => code == cb);
        frame[30..].ShouldAllBe(code => code == cr);
    }

    [Fact]
    public void Every_code_is_the_nearest_one_to_the_exact_value()
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var (red, green, blue) = ((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
            var frame = Frame(2, 2, (_, _) => (red, green, blue));
            var exact = (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);

            ((double)frame[0]).ShouldBe(16 + (exact * 219 / 255), 0.502);
            ((double)frame[4]).ShouldBe(128 + ((blue - exact) / 1.8556 * 224 / 255), 0.502);
            ((double)frame[5]).ShouldBe(128 + ((red - exact) / 1.5748 * 224 / 255), 0.502);
        }
    }

    [Fact]
    public void Chroma_is_sited_at_the_left_sample_and_between_two_rows()
    {
        // One red column at x = 3: a quarter of it for the samples at 2 and 4. One red row of two: half of it.
        var column = Frame(8, 2, (x, _) => x == 3 ? ((byte)255, (byte)0, (byte)0) : default);
        var row = Frame(8, 2, (_, y) => y == 0 ? ((byte)255, (byte)0, (byte)0) : default);

        column[20..24].ShouldBe([128, 156, 156, 128]);
        row[20..24].ShouldBe([184, 184, 184, 184]);
    }

    private static byte[] Frame(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> color)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
            (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]) = color(i % width, i / width);
        var frame = new byte[width * height * 3 / 2];
        PlanarFrame.Write(new(width, height, pixels), frame);
        return frame;
    }
}
