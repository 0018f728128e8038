using Kinema.Engines;
using Kinema.Motion.Tests.Support;
using OpenCvSharp;

namespace Kinema.Motion.Tests;

/// <summary>Pictures of unusual shape and kind: no failure, the first frame equals the picture, no jump and no blur.</summary>
public sealed class OddPictureTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var picture in Pictures.Shapes.Concat(Pictures.Drawn))
            {
                foreach (var prompt in new[] { "truck left", "push in" })
                    cases.Add(picture, prompt);
            }

            cases.Add("product", "Product rotating slowly on a display pedestal");
            cases.Add("portrait", "crane up");
            return cases;
        }
    }

    public void Dispose() => _harness.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_video_begins_with_the_picture_and_neither_jumps_nor_blurs(string picture, string prompt)
    {
        var path = Pictures.FileOf(_harness, picture);
        List<double> steps = [];
        List<double> sharpness = [];
        byte[]? first = null;
        byte[]? before = null;
        var started = await _harness.RenderAsync(EngineHarness.Request(path, prompt), (frame, format) =>
        {
            var now = frame.Pixels.ToArray();
            first ??= now;
            sharpness.Add(new RenderHarness(format.Width, format.Height).Sharpness(now));
            if (before is not null)
                steps.Add(Math.Sqrt(now.Zip(before, (a, b) => (double)(a - b) * (a - b)).Average()));
            before = now;
        });

        var crop = started.ModelData["crop_start"]!;
        StillReference.Psnr(
            first!, started.Format, path, crop["x"]!.GetValue<double>(), crop["y"]!.GetValue<double>(), crop["width"]!.GetValue<double>()).ShouldBeGreaterThan(35);
        crop["width"]!.GetValue<double>().ShouldBeGreaterThanOrEqualTo(0.85);
        TestContext.Current.TestOutputHelper!.WriteLine($"sharpness {sharpness[0]:F1}, least {sharpness.Min() / Math.Max(0.01, sharpness[0]):P0}; steps to {steps.Max():F2}");
        for (var i = 1; i < steps.Count - 1; i++)
            steps[i].ShouldBeLessThanOrEqualTo((1.5 * Math.Max(steps[i - 1], steps[i + 1])) + 0.25, $"a jump at frame {i}");
        if (prompt != "push in")
            sharpness.Min().ShouldBeGreaterThan((0.85 * sharpness[0]) - 0.5);
    }

    [Theory]
    [Trait("Set", "long")]
    [InlineData(6324, 6324)]
    [InlineData(8000, 5000)]
    public async Task Forty_megapixels_are_served(int width, int height)
    {
        var path = _harness.NewFile("huge.jpg");
        using (var photograph = Cv2.ImRead(EngineHarness.Sample("raccoon-1024x768.jpg")))
        using (var huge = photograph.Resize(new Size(width, height), interpolation: InterpolationFlags.Cubic))
            huge.SaveImage(path);
        var frames = 0;

        var started = await _harness.RenderAsync(EngineHarness.Request(path, "orbit right", resolution: VideoResolution.Hd1080), (_, _) => frames++);

        frames.ShouldBe(started.Format.FrameCount);
    }
}
