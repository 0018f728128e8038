using Kinema.Engines;
using Kinema.Motion.Scenes;
using Kinema.Motion.Tests.Support;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Scenes;

public sealed class SceneBuilderTests : IDisposable
{
    private const int LongSide = 640;

    private readonly EngineHarness _harness = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Samples => [.. EngineHarness.Samples];

    public static TheoryData<int, int> Shapes => new() { { 240, 240 }, { 1920, 240 }, { 240, 1920 }, { 33, 31 } };

    public void Dispose() => _harness.Dispose();

    [Theory]
    [MemberData(nameof(Samples))]
    public void Layers_of_a_photograph_composite_to_the_photograph_and_their_surfaces_are_smooth(string sample)
    {
        var image = _harness.Reader.Read(EngineHarness.Input(EngineHarness.Sample(sample)), Ct);
        var scale = (double)LongSide / Math.Max(image.Width, image.Height);
        var (width, height) = ((int)(image.Width * scale), (int)(image.Height * scale));
        using var scene = new SceneBuilder().Build(image, width, height, Ct);

        using var picture = WorkingImage.Of(image, width, height);
        using var rest = SceneVisualisation.Composite(scene);
        Cv2.PSNR(picture, rest).ShouldBeGreaterThan(40);
        Check(scene, width, height);
    }

    [Theory]
    [InlineData("cat-451x300.png")]
    [InlineData("raccoon-1024x768.jpg")]
    [InlineData("rocket-640x427.jpg")]
    public void A_photograph_without_a_certain_foreground_becomes_one_plane_so_that_straight_lines_stay_straight(string sample)
    {
        var image = _harness.Reader.Read(EngineHarness.Input(EngineHarness.Sample(sample)), Ct);
        using var scene = new SceneBuilder().Build(image, image.Width, image.Height, Ct);

        var surface = scene.Layers.ShouldHaveSingleItem().Depth;
        scene.Analysis.DepthSource.ShouldBe("cues");
        scene.Analysis.Notes.ShouldContain(note => note.Contains("one sloped plane"));
        scene.Analysis.Confidence.ShouldBeLessThanOrEqualTo(0.2);
        (surface.Values.Max() - surface.Values.Min()).ShouldBeLessThan(0.25f, "what stands upright must not lean");
        surface.At(0.5, 0.5).ShouldBe((surface.At(0, 0) + surface.At(1, 1)) / 2, 1e-4);
        surface.At(0.3, 0.8).ShouldBe((surface.At(0, 0.6) + surface.At(0.6, 1)) / 2, 1e-4);
        surface.Values.ShouldAllBe(value => value >= 0 && value <= 1);
    }

    [Theory]
    [InlineData(false, -0.004, 0.004)]
    [InlineData(true, 0.03, 0.15)]
    public void A_foreground_object_is_rounded_for_an_orbit_only_so_that_level_edges_stay_straight_in_other_moves(bool orbit, double least, double most)
    {
        using var product = Products.ProductPicture.Of("shoe-coloured", LongSide);
        using var scene = new SceneBuilder().Build(product.Picture, product.Picture.Width, product.Picture.Height, orbit, Ct);

        var front = scene.Layers[1].Depth;
        (front.At(0.5, 0.7) - ((front.At(0.28, 0.7) + front.At(0.72, 0.7)) / 2)).ShouldBeInRange(least, most);
    }

    [Theory]
    [InlineData("astronaut-512x512.png", 0.35, 0.25, 0.75, 0.9)]
    [InlineData("coffee-600x400.png", 0.5, 0.3, 0.85, 0.15)]
    public void The_foreground_layer_covers_the_object_and_not_its_surroundings(string sample, double inX, double inY, double outX, double outY)
    {
        var image = _harness.Reader.Read(EngineHarness.Input(EngineHarness.Sample(sample)), Ct);
        using var scene = new SceneBuilder().Build(image, image.Width, image.Height, Ct);

        scene.Layers.Count.ShouldBe(2);
        scene.Analysis.Subject.Found.ShouldBeTrue();
        At(inX, inY).ShouldBe((byte)255);
        At(outX, outY).ShouldBe((byte)0);

        byte At(double x, double y) => scene.Layers[1].Matte!.At<byte>((int)(y * scene.Height), (int)(x * scene.Width));
    }

    [Fact]
    public void A_face_that_fills_the_picture_is_not_split_into_layers()
    {
        var image = _harness.Reader.Read(EngineHarness.Input(EngineHarness.Sample("cat-451x300.png")), Ct);
        using var scene = new SceneBuilder().Build(image, image.Width, image.Height, Ct);

        scene.Layers.ShouldHaveSingleItem();
        scene.Analysis.Notes.ShouldContain(note => note.StartsWith("no figure stood out clearly", StringComparison.Ordinal));
    }

    [Fact]
    public void A_product_on_a_pedestal_is_segmented_completely_and_leaves_no_trace_in_the_background()
    {
        var (image, truth) = SyntheticPictures.Pedestal(720, 480);
        using var expected = truth;
        using var scene = new SceneBuilder().Build(image, 720, 480, Ct);

        scene.Layers.Count.ShouldBe(2);
        using var both = scene.Layers[1].Matte! & expected;
        using var either = scene.Layers[1].Matte! | expected;
        (Cv2.Sum(both).Val0 / Cv2.Sum(either).Val0).ShouldBeGreaterThan(0.97);
        scene.Analysis.Confidence.ShouldBeGreaterThan(0.6);
        scene.Analysis.Subject.X.ShouldBe(0.5, 0.02);

        scene.Layers[0].Colour.GetArray(out Vec3b[] behind);
        behind.Max(colour => Math.Abs(colour.Item2 - colour.Item1)).ShouldBeLessThan(40, "the ball is red by more than a hundred levels, the wall is grey");
        behind.Min(colour => colour.Item1).ShouldBeGreaterThan((byte)130, "the pedestal is dark, the wall is light");
    }

    [Fact]
    public void Depths_of_sky_hills_ground_and_a_post_have_their_true_order()
    {
        var (image, truth) = SyntheticPictures.Valley(720, 480);
        using var depth = truth;
        using var scene = new SceneBuilder().Build(image, 720, 480, Ct);
        using var found = SceneVisualisation.DepthMap(scene);

        List<double> expected = [], measured = [];
        for (var y = 6; y < 480; y += 12)
        {
            for (var x = 6; x < 720; x += 12)
            {
                expected.Add(depth.At<float>(y, x));
                measured.Add(found.At<byte>(y, x));
            }
        }

        RankCorrelation.Of(expected, measured).ShouldBeGreaterThan(0.9);
    }

    public static TheoryData<string> Flats => ["drawing", "screen", "uniform", "noise", "white"];

    [Theory]
    [MemberData(nameof(Flats))]
    public void A_picture_without_depth_is_one_flat_layer_with_low_confidence(string kind)
    {
        var image = kind switch
        {
            "drawing" => SyntheticPictures.LineArt(800, 600),
            "screen" => SyntheticPictures.Screenshot(1280, 720),
            "uniform" => SyntheticPictures.Uniform(640, 480),
            "noise" => SyntheticPictures.Uniform(640, 480, 3),
            _ => new RgbImage(400, 300, Enumerable.Repeat((byte)255, 400 * 300 * 3).ToArray()),
        };
        using var scene = new SceneBuilder().Build(image, image.Width, image.Height, Ct);

        scene.Analysis.DepthSource.ShouldBe("none");
        scene.Analysis.Confidence.ShouldBeLessThan(0.15);
        scene.Analysis.Notes.ShouldHaveSingleItem().ShouldEndWith("it was taken as flat");
        scene.Layers.ShouldHaveSingleItem().Depth.Values.Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Extreme_aspect_ratios_give_complete_scenes(int width, int height)
    {
        var (image, truth) = SyntheticPictures.Pedestal(width, height);
        truth.Dispose();
        using var scene = new SceneBuilder().Build(image, width, height, Ct);
        Check(scene, width, height);
    }

    [Fact]
    public void The_same_picture_gives_the_same_scene()
    {
        var (image, truth) = SyntheticPictures.Valley(480, 320);
        truth.Dispose();
        using var one = new SceneBuilder().Build(image, 480, 320, Ct);
        using var other = new SceneBuilder().Build(image, 480, 320, Ct);

        other.Layers.Count.ShouldBe(one.Layers.Count);
        for (var i = 0; i < one.Layers.Count; i++)
        {
            Cv2.Norm(one.Layers[i].Colour, other.Layers[i].Colour).ShouldBe(0);
            other.Layers[i].Depth.Values.ShouldBe(one.Layers[i].Depth.Values);
        }
    }

    [Fact]
    public void A_cancelled_analysis_ends()
    {
        var (image, truth) = SyntheticPictures.Pedestal(240, 240);
        truth.Dispose();
        Should.Throw<OperationCanceledException>(() => new SceneBuilder().Build(image, 240, 240, new CancellationToken(canceled: true)));
    }

    private static void Check(Scene scene, int width, int height)
    {
        scene.Layers[0].Matte.ShouldBeNull();
        foreach (var layer in scene.Layers)
        {
            layer.Colour.Size().ShouldBe(new Size(width, height));
            layer.Depth.Values.ShouldAllBe(value => float.IsFinite(value) && value >= 0 && value <= 1);
            MaxSlope(layer.Depth).ShouldBeLessThan(SurfaceFitting.MaxSlope * 1.01);
        }

        var subject = scene.Analysis.Subject;
        subject.InverseDepth.ShouldBeInRange(0, 1);
        subject.X.ShouldBeInRange(0, 1);
        subject.Y.ShouldBeInRange(0, 1);
    }

    /// <summary>In inverse depth over the picture's longer side.</summary>
    private static double MaxSlope(InverseDepth depth)
    {
        var slope = 0.0;
        for (var i = 0; i < depth.Values.Length; i++)
        {
            if (i % depth.Columns < depth.Columns - 1)
                slope = Math.Max(slope, Math.Abs(depth.Values[i + 1] - depth.Values[i]));
            if (i + depth.Columns < depth.Values.Length)
                slope = Math.Max(slope, Math.Abs(depth.Values[i + depth.Columns] - depth.Values[i]));
        }

        return slope * (Math.Max(depth.Columns, depth.Rows) - 1);
    }
}
