using Kinema.Motion.Rendering;
using Kinema.Motion.Tests.Support;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Rendering;

public sealed class FrameCompositorTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(18, 34)]
    [InlineData(242, 138)]
    public void The_fastest_and_the_scalar_kernel_render_the_same_frame(int width, int height)
    {
        var renderer = new RenderHarness(width, height);
        using var picture = RenderHarness.Grey(97, 61, (x, y) => (x * 37 % 256) + (y * 11 % 64));
        using var matte = RenderHarness.Disc(97, 61, 20);
        using var back = renderer.Layer(picture);
        using var front = renderer.Layer(picture, matte);
        MeshedLayer[] layers = [new(back, renderer.Moved(0.3, -0.7, 1.1)), new(front, renderer.Moved(1.7, 0.2, 1.3, opacity: 0.7))];

        var plain = new byte[renderer.Format.FrameBytes];
        new FrameCompositor(renderer.Format, new ScalarWarpKernel()).Render(layers, plain);

        renderer.Render(layers).ShouldBe(plain);
    }

    [Fact]
    public void A_white_layer_over_a_white_background_has_no_outline_wherever_it_moves()
    {
        var renderer = new RenderHarness(320, 180);
        using var white = RenderHarness.Plain(320, 180, Scalar.All(255));
        using var matte = RenderHarness.Disc(320, 180, 60);
        using var wall = renderer.Layer(white);
        using var disc = renderer.Layer(white, matte);
        for (var i = 0; i < 8; i++)
        {
            var frame = renderer.Render(new(wall, renderer.Moved(0, 0)), new(disc, renderer.Moved(i * 1.37, i * 0.61)));
            frame.AsSpan(0, 320 * 180).ToArray().ShouldAllBe(code => code >= 234 && code <= 236);
        }
    }

    [Fact]
    public void The_edge_of_a_moving_layer_lies_between_foreground_and_background_in_every_plane()
    {
        var renderer = new RenderHarness(320, 180);
        using var red = RenderHarness.Plain(320, 180, new Scalar(20, 20, 220));
        using var blue = RenderHarness.Plain(320, 180, new Scalar(220, 40, 20));
        using var matte = RenderHarness.Disc(320, 180, 60);
        using var ground = renderer.Layer(blue);
        using var disc = renderer.Layer(red, matte);
        var (a, b) = (renderer.Render(new MeshedLayer(ground, renderer.Moved(0, 0))), renderer.Render(new MeshedLayer(disc, renderer.Moved(0, 0))));

        var frame = renderer.Render(new(ground, renderer.Moved(0, 0)), new(disc, renderer.Moved(3.3, 1.2)));

        for (var i = 0; i < frame.Length; i++)
            ((int)frame[i]).ShouldBeInRange(Math.Min(a[i], b[i]) - 1, Math.Max(a[i], b[i]) + 1);
    }

    [Fact]
    public void An_opaque_layer_hides_the_layers_behind_it_and_an_absent_layer_changes_nothing()
    {
        var renderer = new RenderHarness(320, 180);
        using var photograph = Cv2.ImRead(EngineHarness.Sample("cat-451x300.png"));
        using var black = RenderHarness.Plain(451, 300, Scalar.All(0));
        using var everywhere = new Mat(300, 451, MatType.CV_8UC1, new Scalar(255));
        using var nowhere = new Mat(300, 451, MatType.CV_8UC1, new Scalar(0));
        using var cat = renderer.Layer(photograph);
        using var hidden = renderer.Layer(black);
        using var hiding = renderer.Layer(photograph, everywhere);
        using var absent = renderer.Layer(black, nowhere);
        var mesh = renderer.Moved(0.4, 0.3, 1.2);

        var frame = renderer.Render(new(hidden, mesh), new(hiding, mesh), new(absent, renderer.Moved(5, 5)));

        frame.ShouldBe(renderer.Render(new MeshedLayer(cat, mesh)));
    }

    [Fact]
    public void Half_opacity_gives_the_mean_of_both_pictures()
    {
        var renderer = new RenderHarness(64, 48);
        using var dark = RenderHarness.Plain(64, 48, Scalar.All(40));
        using var light = RenderHarness.Plain(64, 48, Scalar.All(200));
        using var first = renderer.Layer(dark);
        using var second = renderer.Layer(light);

        var frame = renderer.Render(new(first, renderer.Moved(0, 0)), new(second, renderer.Moved(0, 0, opacity: 0.5)));

        var expected = 16 + (120 * 219 / 255.0);
        frame.AsSpan(0, 64 * 48).ToArray().ShouldAllBe(code => Math.Abs(code - expected) <= 1.5);
    }

    [Fact]
    public void Cells_outside_the_picture_are_counted_and_show_its_edge()
    {
        var renderer = new RenderHarness(320, 180);
        using var grey = RenderHarness.Plain(320, 180, Scalar.All(90));
        using var layer = renderer.Layer(grey);

        var frame = renderer.Render(new MeshedLayer(layer, renderer.Moved(30, 0)));

        renderer.Compositor.CellsFromOutside.ShouldBe(12 * 2);
        frame.AsSpan(0, 320 * 180).ToArray().Distinct().Count().ShouldBeLessThan(3);
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        var renderer = new RenderHarness(320, 180);
        using var photograph = Cv2.ImRead(EngineHarness.Sample("cat-451x300.png"));
        using var matte = RenderHarness.Disc(451, 300, 90);
        using var back = renderer.Layer(photograph);
        using var front = renderer.Layer(photograph, matte);
        MeshedLayer[] layers = [new(back, renderer.Moved(0.3, 0.2, 1.1)), new(front, renderer.Moved(1.7, 0.2, 1.3, opacity: 0.7))];
        var frame = new byte[renderer.Format.FrameBytes];
        renderer.Compositor.Render(layers, frame);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
            renderer.Compositor.Render(layers, frame);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
