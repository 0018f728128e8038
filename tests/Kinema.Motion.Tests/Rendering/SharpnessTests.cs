using Kinema.Engines;
using Kinema.Motion.Rendering;
using Kinema.Motion.Tests.Support;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Rendering;

/// <summary>Blur, shimmer and pulsation.</summary>
public sealed class SharpnessTests
{
    [Theory]
    [InlineData("raccoon-1024x768.jpg")]
    [InlineData("cat-451x300.png")]
    [InlineData("astronaut-512x512.png")]
    public void A_photograph_at_rest_matches_an_ideal_resize(string name)
    {
        using var photograph = Cv2.ImRead(EngineHarness.Sample(name));
        var (width, height) = VideoFormat.FitArea(photograph.Width, photograph.Height, VideoResolution.Hd720);
        var renderer = new RenderHarness(width, height);
        using var layer = renderer.Layer(photograph);

        var frame = renderer.Render(new MeshedLayer(layer, renderer.Moved(0, 0)));

        RenderHarness.Psnr(frame.AsSpan(0, width * height), renderer.Ideal(photograph)).ShouldBeGreaterThan(48);
        renderer.Compositor.CellsFromOutside.ShouldBe(0);
    }

    [Theory]
    [InlineData(1, 0.95)]
    [InlineData(2.6, 0.85)]
    public void A_drifting_photograph_is_as_sharp_as_a_still_one_and_stays_so(double shrink, double least)
    {
        using var photograph = Cv2.ImRead(EngineHarness.Sample("raccoon-1024x768.jpg"));
        var renderer = new RenderHarness((int)(photograph.Width / shrink / 2) * 2, (int)(photograph.Height / shrink / 2) * 2);

        var drift = Drift(renderer, photograph);

        drift.Min().ShouldBeGreaterThan(least * renderer.Sharpness(renderer.Ideal(photograph)));
        (drift.Max() / drift.Min()).ShouldBeLessThan(1.03);
    }

    [Fact]
    public void A_zone_plate_does_not_pulsate_while_it_drifts()
    {
        // Two fifths of a cycle a pixel in the corners.
        using var plate = RenderHarness.Grey(640, 360, (x, y) => 128 + (80 * Math.Cos(Math.PI * (((x - 320.0) * (x - 320)) + ((y - 180.0) * (y - 180))) / 918)));

        var drift = Drift(new RenderHarness(640, 360), plate);

        (drift.Max() / drift.Min()).ShouldBeLessThan(1.03);
    }

    [Fact]
    public void A_checker_two_pixels_wide_does_not_pulsate_while_it_drifts()
    {
        using var checker = RenderHarness.Grey(640, 360, (x, y) => ((x / 2) + (y / 2)) % 2 == 0 ? 168 : 88);

        var drift = Drift(new RenderHarness(640, 360), checker);

        (drift.Max() / drift.Min()).ShouldBeLessThan(1.03);
    }

    /// <summary>Aliasing would turn stripes beyond the frame's Nyquist frequency into visible patterns.</summary>
    [Fact]
    public void Detail_beyond_the_resolution_of_a_frame_does_not_alias()
    {
        using var stripes = RenderHarness.Grey(1800, 900, (x, _) => x % 4 < 2 ? 200 : 60);
        var renderer = new RenderHarness(640, 320);
        using var layer = renderer.Layer(stripes);

        var frame = renderer.Render(new MeshedLayer(layer, renderer.Moved(0.3, 0)));

        renderer.Sharpness(frame).ShouldBeLessThan(1);
    }

    [Fact]
    public void A_frame_turned_into_a_layer_and_back_is_the_same_frame()
    {
        using var photograph = Cv2.ImRead(EngineHarness.Sample("raccoon-1024x768.jpg"));
        var renderer = new RenderHarness(1024, 768);
        using var layer = renderer.Layer(photograph);
        var frame = renderer.Render(new MeshedLayer(layer, renderer.Moved(0, 0)));

        using var again = LayerSource.FromYuv(frame, 1024, 768, TestContext.Current.CancellationToken);
        var copy = renderer.Render(new MeshedLayer(again, renderer.Moved(0, 0)));

        RenderHarness.Psnr(copy.AsSpan(0, 1024 * 768), frame.AsSpan(0, 1024 * 768)).ShouldBeGreaterThan(45);
        RenderHarness.Psnr(copy.AsSpan(1024 * 768), frame.AsSpan(1024 * 768)).ShouldBeGreaterThan(45);
    }

    private static List<double> Drift(RenderHarness renderer, Mat picture)
    {
        using var layer = renderer.Layer(picture);
        return [.. Enumerable.Range(0, 9).Select(i => renderer.Sharpness(renderer.Render(new MeshedLayer(layer, renderer.Moved(i / 8.0, i / 11.0)))))];
    }
}
