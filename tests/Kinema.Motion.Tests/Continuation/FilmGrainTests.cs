using Kinema.Engines;
using Kinema.Motion.Continuation;

namespace Kinema.Motion.Tests.Continuation;

public sealed class FilmGrainTests
{
    private static readonly VideoFormat _format = new(640, 360, 30, 60);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void The_estimate_ignores_detail(double strength) =>
        FilmGrain.Of(Frame(strength), _format).Strength.ShouldBe(strength, 0.3 * strength);

    [Fact]
    public void A_clean_frame_has_no_grain()
    {
        var frame = Frame(0);
        var grain = FilmGrain.Of(frame, _format);
        var before = (byte[])frame.Clone();

        grain.Add(frame, _format, 3);

        grain.Strength.ShouldBe(0);
        frame.ShouldBe(before);
    }

    [Fact]
    public void Added_grain_keeps_its_strength_and_differs_in_every_frame()
    {
        var grain = FilmGrain.Of(Frame(4), _format);
        var (first, second) = (Frame(0), Frame(0));

        grain.Add(first, _format, 1);
        grain.Add(second, _format, 2);

        FilmGrain.Of(first, _format).Strength.ShouldBe(grain.Strength, 0.25 * grain.Strength);
        Difference(first, second).ShouldBe(grain.Strength * Math.Sqrt(2), 0.2 * grain.Strength);
    }

    [Fact]
    public void Denoising_removes_most_of_the_grain()
    {
        var frame = Frame(5);
        var grain = FilmGrain.Of(frame, _format);

        grain.Denoise(frame, _format);

        Difference(frame, Frame(0)).ShouldBeLessThan(0.6 * Difference(Frame(5), Frame(0)));
    }

    /// <summary>Soft stripes and a flat area with grain.</summary>
    private static byte[] Frame(double strength)
    {
        var random = new Random(7);
        var frame = new byte[_format.FrameBytes];
        for (var i = 0; i < _format.Width * _format.Height; i++)
        {
            var (x, y) = (i % _format.Width, i / _format.Width);
            var clean = y < 180 ? 128 : 128 + (40 * Math.Sin(x / 9.0));
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            frame[i] = (byte)Math.Clamp(Math.Round(clean + (strength * normal)), 0, 255);
        }

        return frame;
    }

    private static double Difference(byte[] a, byte[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < _format.Width * _format.Height; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum / (_format.Width * _format.Height));
    }
}
