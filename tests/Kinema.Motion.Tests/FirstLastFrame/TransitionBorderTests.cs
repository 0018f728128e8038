using OpenCvSharp;

namespace Kinema.Motion.Tests.FirstLastFrame;

/// <summary>Frames of a transition show only content of the two pictures: no mirror image, no smear, no border.</summary>
public sealed class TransitionBorderTests
{
    private static readonly Size _wide = new(640, 360);

    [Theory]
    [InlineData("pan", "camera")]
    [InlineData("slope", "camera")]
    [InlineData("diagonal", "camera")]
    [InlineData("far diagonal", "camera")]
    [InlineData("turn", "camera")]
    [InlineData("zoom and turn", "camera")]
    [InlineData("zoom out and turn", "camera")]
    [InlineData("zoom aside", "camera")]
    [InlineData("tall", "camera")]
    [InlineData("tall and across", "camera")]
    [InlineData("square and up", "camera")]
    [InlineData("broad from tall", "camera")]
    [InlineData("keystone", "camera")]
    public void Every_frame_shows_the_view_of_the_camera_and_nothing_outside_the_pictures(string name, string transition)
    {
        using var scene = PicturePair.Photograph("raccoon-1024x768.jpg", 1400, 1400);
        var (frame, last, from, to) = ViewsOf(name);
        using Mat first = PicturePair.View(scene, frame, from), second = PicturePair.View(scene, last, to);

        var probe = TransitionProbe.Between(first, second);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{name}: {probe.Analysis.Kind} {probe.Analysis.Reason}, approach {probe.Analysis.Camera?.AddedZoom:F3}, fill {probe.Analysis.Fill:F3}");
        probe.Analysis.Kind.ShouldBe(transition);
        for (var step = 0; step <= 40; step++)
        {
            var (outside, needlessPadding, viewDeviation) = probe.MaxErrors(step / 40.0);
            outside.ShouldBeLessThan(0.3, $"from beyond a picture, at {step} of 40");
            needlessPadding.ShouldBeLessThan(0.3, $"filled in although the other picture shows it, at {step} of 40");
            viewDeviation.ShouldBeLessThan(0.5, $"away from where the camera looks, at {step} of 40");
        }
    }

    [Theory]
    [InlineData(40, -50)]
    [InlineData(-70, 60)]
    public void An_object_that_crosses_an_edge_shows_nothing_outside_the_pictures(int from, int to)
    {
        using Mat first = SyntheticScenes.WithObject(from), second = SyntheticScenes.WithObject(to);

        var probe = TransitionProbe.Between(first, second);

        probe.Analysis.Kind.ShouldBe("flow");
        for (var step = 0; step <= 20; step++)
            probe.MaxErrors(step / 20.0).Outside.ShouldBeLessThan(0.3, $"at {step} of 20");
    }

    private static (Size Frame, Size Last, Motion.FirstLastFrame.Homography From, Motion.FirstLastFrame.Homography To) ViewsOf(string name) => name switch
    {
        "pan" => (_wide, _wide, PicturePair.At(-80, 0), PicturePair.At(80, 0)),
        "slope" => (_wide, _wide, PicturePair.At(-80, 12), PicturePair.At(80, -12)),
        "diagonal" => (_wide, _wide, PicturePair.At(-50, -50), PicturePair.At(50, 50)),
        "far diagonal" => (_wide, _wide, PicturePair.At(-90, 60), PicturePair.At(90, -60)),
        "turn" => (_wide, _wide, PicturePair.At(0, 0, 1, -6), PicturePair.At(0, 0, 1, 6)),
        "zoom and turn" => (_wide, _wide, PicturePair.At(0, 0, 1.2, -5), PicturePair.At(20, 10, 0.85, 5)),
        "zoom out and turn" => (_wide, _wide, PicturePair.At(0, 0, 0.85, -5), PicturePair.At(-20, 10, 1.2, 5)),
        "zoom aside" => (_wide, _wide, PicturePair.At(0, 0), PicturePair.At(150, 70, 0.8)),
        "tall" => (_wide, new(500, 640), PicturePair.At(-30, 0), PicturePair.At(20, 0)),
        "tall and across" => (_wide, new(500, 640), PicturePair.At(-60, -50), PicturePair.At(60, 50)),
        "square and up" => (_wide, new(480, 480), PicturePair.At(-40, 60), PicturePair.At(60, -60)),
        "broad from tall" => (new(360, 640), new(640, 360), PicturePair.At(-40, -40, 0.7), PicturePair.At(40, 40)),
        _ => (_wide, _wide, PicturePair.At(-40, 0), new(1, 0.03, 40, 0.02, 1.03, 20, 0.00012, 0.00005, 1)),
    };
}
