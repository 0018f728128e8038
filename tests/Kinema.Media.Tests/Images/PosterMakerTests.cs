using Kinema.Engines;
using Kinema.Media.Images;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Kinema.Media.Tests.Images;

public sealed class PosterMakerTests
{
    /// <summary>BT.709 limited-range codes of full colours (ITU-R BT.709-6, rounded).</summary>
    [Theory]
    [InlineData(16, 128, 128, 0, 0, 0)]
    [InlineData(235, 128, 128, 255, 255, 255)]
    [InlineData(63, 102, 240, 255, 0, 0)]
    [InlineData(173, 42, 26, 0, 255, 0)]
    [InlineData(32, 240, 118, 0, 0, 255)]
    public void A_poster_has_the_colours_of_the_frame(byte y, byte cb, byte cr, int red, int green, int blue)
    {
        var format = new VideoFormat(64, 48, 30, 1);
        var frame = new byte[format.FrameBytes];
        frame.AsSpan(0, 64 * 48).Fill(y);
        frame.AsSpan(64 * 48, 32 * 24).Fill(cb);
        frame.AsSpan(64 * 48 * 5 / 4).Fill(cr);

        using var poster = SKBitmap.Decode(new PosterMaker(Options.Create(new MediaOptions())).Encode(format, frame));

        (poster.Width, poster.Height).ShouldBe((64, 48));
        var pixel = poster.GetPixel(30, 20);
        ((int)pixel.Red).ShouldBeInRange(red - 4, red + 4);
        ((int)pixel.Green).ShouldBeInRange(green - 4, green + 4);
        ((int)pixel.Blue).ShouldBeInRange(blue - 4, blue + 4);
    }
}
