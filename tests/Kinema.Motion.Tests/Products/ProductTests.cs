using Kinema.Motion.Cameras;
using Kinema.Motion.Scenes;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Products;

/// <summary>"Product rotating slowly on a display pedestal", on products of which is known what they are and what is behind them.</summary>
public sealed class ProductTests(Showroom showroom) : IClassFixture<Showroom>
{
    public static TheoryData<string> Clear => ["bottle-sweep", "bottle-wall", "mug-wood", "shoe-coloured", "vase-dark", "watch-wall", "perfume-wood"];

    [Theory]
    [MemberData(nameof(Clear))]
    public void A_product_is_cut_out_together_with_what_it_stands_on(string name)
    {
        var exhibit = showroom[name];

        exhibit.Scene.Layers.Count.ShouldBe(2);
        using var both = new Mat();
        using var either = new Mat();
        Cv2.Min(exhibit.Scene.Layers[1].Matte!, exhibit.Product.Figure, both);
        Cv2.Max(exhibit.Scene.Layers[1].Matte!, exhibit.Product.Figure, either);
        (Cv2.Sum(both).Val0 / Cv2.Sum(either).Val0).ShouldBeGreaterThan(0.9);
    }

    [Theory]
    [MemberData(nameof(Clear))]
    public void It_stays_upright_in_its_place_while_what_is_behind_it_goes_by(string name)
    {
        var exhibit = showroom[name];
        var (first, last) = (exhibit.Path.At(0), exhibit.Path.At(exhibit.LastFrame));
        var (rear, front) = (exhibit.Scene.Layers[0].Depth, exhibit.Scene.Layers[1].Depth);

        var bounds = Cv2.BoundingRect(exhibit.Product.Figure);
        var middle = (bounds.Left + (bounds.Width / 2.0)) / exhibit.Scene.Width;
        Moved(middle, 0.1, rear).ShouldBeGreaterThan(0.008, "the camera goes to the right round it: what is behind it moves to the right");
        var ways = Enumerable.Range(1, 9).Select(i => Moved(middle, (bounds.Top + (bounds.Height * i / 10.0)) / exhibit.Scene.Height, front)).ToList();
        ways.Max(Math.Abs).ShouldBeLessThan(0.005);
        (ways.Max() - ways.Min()).ShouldBeLessThan(0.004, "product and pedestal move as one");

        double Moved(double x, double y, InverseDepth surface)
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
    public void Before_a_plain_ground_it_comes_closer_too_since_little_else_would_be_seen(string name)
    {
        var exhibit = showroom[name];
        var (first, last) = (exhibit.Path.At(0), exhibit.Path.At(exhibit.LastFrame));
        var bounds = Cv2.BoundingRect(exhibit.Product.Figure);
        var middle = (bounds.Left + (bounds.Width / 2.0)) / exhibit.Scene.Width;

        (Height(last) / Height(first)).ShouldBeInRange(1.03, 1.1);

        double Height(CameraView view) => At(view, bounds.Bottom) - At(view, bounds.Top);

        double At(CameraView view, int row)
        {
            var y = (double)row / exhibit.Scene.Height;
            return view.Project(middle, y, exhibit.Scene.Layers[1].Depth.At(middle, y)).Y;
        }
    }

    [Theory]
    [InlineData("bottle-wall")]
    [InlineData("watch-wall")]
    public void The_edge_of_the_table_stays_level_and_straight(string name)
    {
        using var luma = showroom[name].Luma(showroom[name].LastFrame);
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
    public void What_it_uncovers_is_what_is_there_and_no_trace_of_its_outline(string name, double most)
    {
        var exhibit = showroom[name];
        using var band = new Mat();
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(25, 25));
        Cv2.MorphologyEx(exhibit.Product.Figure, band, MorphTypes.Gradient, disc);
        // Nobody can know how dark it is under a pedestal.
        var bounds = Cv2.BoundingRect(exhibit.Product.Figure);
        Cv2.Rectangle(band, new Rect(0, bounds.Top + (bounds.Height / 2), band.Cols, band.Rows), Scalar.All(0), -1);
        using var wrong = new Mat();
        Cv2.Absdiff(exhibit.Scene.Layers[0].Colour, exhibit.Product.Behind, wrong);

        var mean = Cv2.Mean(wrong, band);
        Math.Max(mean.Val0, Math.Max(mean.Val1, mean.Val2)).ShouldBeLessThan(most);
    }

    [Fact]
    public void Where_a_white_product_on_white_cannot_be_told_from_its_ground_nothing_leans()
    {
        var exhibit = showroom["mug-white"];
        var surface = exhibit.Scene.Layers.ShouldHaveSingleItem().Depth;
        exhibit.Scene.Reading.Notes.ShouldContain(note => note.Contains("one rounded surface"));
        var last = exhibit.Path.At(exhibit.LastFrame);

        foreach (var x in new[] { 0.2, 0.4, 0.6, 0.8 })
        {
            var (top, bottom) = (last.Project(x, 0.2, surface.At(x, 0.2)), last.Project(x, 0.8, surface.At(x, 0.8)));
            bottom.X.ShouldBe(top.X, 1e-3);
            top.Y.ShouldBe(last.Project(0.5, 0.2, surface.At(0.5, 0.2)).Y, 1e-3);
        }
    }
}
