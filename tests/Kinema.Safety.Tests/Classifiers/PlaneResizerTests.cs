using Kinema.Engines;
using Kinema.Safety.Classifiers;

namespace Kinema.Safety.Tests.Classifiers;

public sealed class PlaneResizerTests
{
    [Fact]
    public void Area_is_the_mean_of_the_covered_pixels()
    {
        var target = new float[2];
        PlaneResizer.Resize([0, 10, 20, 30, 40, 50, 60, 70], 1, (4, 2), target, (2, 1), ClassifierResize.Area);
        target.ShouldBe([25, 45]);
    }

    [Fact]
    public void Corners_stay_on_the_corners_and_the_rest_lies_between_them()
    {
        var target = new float[9];
        PlaneResizer.Resize([0, 100, 50, 150], 1, (2, 2), target, (3, 3), ClassifierResize.Corners);
        target.ShouldBe([0, 50, 100, 25, 75, 125, 50, 100, 150]);
    }

    [Fact]
    public void A_picture_that_is_smaller_than_the_input_is_interpolated_also_by_area()
    {
        var target = new float[6];
        PlaneResizer.Resize([0, 100, 0, 100], 1, (2, 2), target, (3, 2), ClassifierResize.Area);
        target.ShouldBe([0, 50, 100, 0, 50, 100]);
    }

    /// <summary>Red, green and blue as BT.709 frames, and the same as pixels.</summary>
    [Theory]
    [InlineData(63, 102, 240, 255, 0, 0)]
    [InlineData(173, 42, 26, 0, 255, 0)]
    [InlineData(32, 240, 118, 0, 0, 255)]
    [InlineData(16, 128, 128, 0, 0, 0)]
    [InlineData(235, 128, 128, 255, 255, 255)]
    public void A_frame_becomes_the_input_that_its_picture_becomes(byte luma, byte blue, byte red, byte r, byte g, byte b)
    {
        var reader = new PictureReader(new() { Width = 8, Height = 8, Mean = [0, 0, 0], Deviation = [1, 1, 1], Colors = ClassifierColors.Bgr, Layout = ClassifierLayout.Nhwc });
        byte[] frame = [.. Enumerable.Repeat(luma, 32 * 16), .. Enumerable.Repeat(blue, 16 * 8), .. Enumerable.Repeat(red, 16 * 8)];
        byte[] pixels = [.. Enumerable.Repeat(new[] { r, g, b }, 32 * 16).SelectMany(pixel => pixel)];

        var (ofFrame, ofPicture) = (reader.Read(32, 16, frame), reader.Read(new RgbImage(32, 16, pixels)));

        ofPicture[..3].ShouldBe([b, g, r]);
        for (var i = 0; i < ofFrame.Length; i++)
            ofFrame[i].ShouldBe(ofPicture[i], 2.5);
    }
}
