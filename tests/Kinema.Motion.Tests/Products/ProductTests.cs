using Kinema.Motion.Cameras;
using Kinema.Motion.Scenes;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Products;

/// <summary>"Product rotating slowly on a display pedestal", on products with known mask and background.</summary>
public sealed class ProductTests(ProductScenes scenes) : IClassFixture<ProductScenes>
{
    public static TheoryData<string> Clear => ["bottle-sweep", "bottle-wall", "mug-wood", "shoe-coloured", "vase-dark", "watch-wall", "perfume-wood"];

    [Theory]
    [MemberData(nameof(Clear))]
    public void A_product_is_segmented_together_with_its_pedestal(string name)
    {
        var product = scenes[name];

        product.Scene.Layers.Count.ShouldBe(2);
        using var both = new Mat();
        using var either = new Mat();
        Cv2.Min(product.Scene.Layers[1].Matte!, product.Product.ForegroundMask, both);
        Cv2.Max(product.Scene.Layers[1].Matte!, product.Product.ForegroundMask, either);
        (Cv2.Sum(both).Val0 / Cv2.Sum(either).Val0).ShouldBeGreaterThan(0.9);
    }

    [Theory]
    [MemberData(nameof(Clear))]
    public void The_product_stays_upright_in_place_while_the_background_moves(string name)
    {
        var product = scenes[name];
        var (first, last) = (product.Path.At(0), product.Path.At(product.LastFrame));
        var (rear, front) = (product.Scene.Layers[0].Depth, product.Scene.Layers[1].Depth);

        var bounds = Cv2.BoundingRect(product.Product.ForegroundMask);
        var middle = (bounds.Left + (bounds.Width / 2.0)) / product.Scene.Width;
        Displacement(middle, 0.1, rear).ShouldBeGreaterThan(0.008, "the camera goes to the right round it: what is behind it moves to the right");
        var displacements = Enumerable.Range(1, 9)
            .Select(i => Displacement(middle, (bounds.Top + (bounds.Height * i / 10.0)) / product.Scene.Height, front)).ToList();
        displacements.Max(Math.Abs).ShouldBeLessThan(0.005);
        (displacements.Max() - displacements.Min()).ShouldBeLessThan(0.004, "product and pedestal move as one");

        double Displacement(double x, double y, InverseDepth surface)
        {
            var depth = surface.At(x, y);
            return last.Project(x, y, depth).X - first.Project(x, y, depth).X;
        }
    }

    [Theory]
    [InlineData("bottle-sweep")]
    [InlineData("bottle-wall")]
    [InlineData("watch-wall")]
    [InlineData("vase-dark")]
    public void An_orbit_before_a_uniform_background_also_zooms_in_because_parallax_is_invisible(string name)
    {
        var product = scenes[name];
        var (first, last) = (product.Path.At(0), product.Path.At(product.LastFrame));
        var bounds = Cv2.BoundingRect(product.Product.ForegroundMask);
        var middle = (bounds.Left + (bounds.Width / 2.0)) / product.Scene.Width;

        (Height(last) / Height(first)).ShouldBeInRange(1.03, 1.1);

        double Height(CameraView view) => At(view, bounds.Bottom) - At(view, bounds.Top);

        double At(CameraView view, int row)
        {
            var y = (double)row / product.Scene.Height;
            return view.Project(middle, y, product.Scene.Layers[1].Depth.At(middle, y)).Y;
        }
    }

    [Theory]
    [InlineData("bottle-wall")]
    [InlineData("watch-wall")]
    public void The_edge_of_the_table_stays_level_and_straight(string name)
    {
        using var luma = scenes[name].Luma(scenes[name].LastFrame);
        using var step = new Mat();
        Cv2.GaussianBlur(luma, luma, default, 1.5);
        Cv2.Sobel(luma, step, MatType.CV_32FC1, 0, 1);
        List<(double X, double Y)> line = [];
        foreach (var x in Enumerable.Range(2, luma.Cols / 5).Concat(Enumerable.Range(luma.Cols * 4 / 5, (luma.Cols / 5) - 2)))
        {
            var y = Enumerable.Range(luma.Rows / 2, (luma.Rows / 2) - 4).MaxBy(row => Math.Abs(step.At<float>(row, x)));
            line.Add((x, y));
        }

        var (meanX, meanY) = (line.Average(point => point.X), line.Average(point => point.Y));
        var slope = line.Sum(point => (point.X - meanX) * (point.Y - meanY)) / line.Sum(point => (point.X - meanX) * (point.X - meanX));
        (Math.Atan(Math.Abs(slope)) * 180 / Math.PI).ShouldBeLessThan(0.2);
        line.Average(point => Math.Abs(point.Y - meanY - (slope * (point.X - meanX)))).ShouldBeLessThan(1);
    }

    [Theory]
    [InlineData("bottle-sweep", 4)]
    [InlineData("bottle-wall", 4)]
    [InlineData("shoe-coloured", 4)]
    [InlineData("vase-dark", 4)]
    [InlineData("mug-wood", 6)]
    public void The_uncovered_background_is_correct_and_has_no_trace_of_the_outline(string name, double most)
    {
        var product = scenes[name];
        using var band = new Mat();
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(25, 25));
        Cv2.MorphologyEx(product.Product.ForegroundMask, band, MorphTypes.Gradient, disc);
        // The darkness under a pedestal cannot be known.
        var bounds = Cv2.BoundingRect(product.Product.ForegroundMask);
        Cv2.Rectangle(band, new Rect(0, bounds.Top + (bounds.Height / 2), band.Cols, band.Rows), Scalar.All(0), -1);
        using var wrong = new Mat();
        Cv2.Absdiff(product.Scene.Layers[0].Colour, product.Product.Background, wrong);

        var mean = Cv2.Mean(wrong, band);
        Math.Max(mean.Val0, Math.Max(mean.Val1, mean.Val2)).ShouldBeLessThan(most);
    }

    [Fact]
    public void A_white_product_on_white_that_is_not_segmented_does_not_lean()
    {
        var product = scenes["mug-white"];
        var surface = product.Scene.Layers.ShouldHaveSingleItem().Depth;
        product.Scene.Analysis.Notes.ShouldContain(note => note.Contains("one rounded surface"));
        var last = product.Path.At(product.LastFrame);

        foreach (var x in new[] { 0.2, 0.4, 0.6, 0.8 })
        {
            var (top, bottom) = (last.Project(x, 0.2, surface.At(x, 0.2)), last.Project(x, 0.8, surface.At(x, 0.8)));
            bottom.X.ShouldBe(top.X, 1e-3);
            top.Y.ShouldBe(last.Project(0.5, 0.2, surface.At(0.5, 0.2)).Y, 1e-3);
        }
    }
}
