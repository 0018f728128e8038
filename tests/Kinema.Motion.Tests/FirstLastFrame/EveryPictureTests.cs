using Kinema.Engines;
using Kinema.Motion.Tests.Continuation;
using Kinema.Motion.Tests.Support;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.Tests.FirstLastFrame;

/// <summary>Transitions between pictures of every shape and kind.</summary>
public sealed class EveryPictureTests : IDisposable
{
    /// <summary>Fraction of each side that a view shows.</summary>
    private const double ViewFraction = 0.875;

    private const double LeastDecibels = 35;

    /// <summary>Decibels from which a dissolve is as good as the reference: the picture has almost no content.</summary>
    private const double Indistinguishable = 42;

    private readonly EngineHarness _harness = new();

    public static TheoryData<string> All => [.. Pictures.All];

    public static TheoryData<string> Sample => ["portrait", "tiny", "product"];

    public void Dispose() => _harness.Dispose();

    [Theory]
    [MemberData(nameof(Sample))]
    public Task Two_views_of_one_picture_are_joined_by_a_camera_move(string picture) => CheckViewsAsync(picture);

    [Theory]
    [Trait("Set", "long")]
    [MemberData(nameof(All))]
    public Task Two_views_of_every_picture_are_joined_by_a_camera_move(string picture) => CheckViewsAsync(picture);

    [Theory]
    [MemberData(nameof(Sample))]
    public Task Any_other_picture_can_be_the_last_frame(string picture) => CheckOtherAsync(picture);

    [Theory]
    [Trait("Set", "long")]
    [MemberData(nameof(All))]
    public Task Any_other_picture_can_follow_every_picture(string picture) => CheckOtherAsync(picture);

    private async Task CheckViewsAsync(string picture)
    {
        var file = Pictures.FileOf(_harness, picture);
        using var whole = Cv2.ImRead(file);
        var (width, height) = ((int)(whole.Width * ViewFraction), (int)(whole.Height * ViewFraction));
        // Shifted along the longer side, where there is more room.
        var (right, down) = width >= height ? (whole.Width / 12, 0) : (0, whole.Height / 12);
        var from = new Point((whole.Width - width - right) / 2, (whole.Height - height - down) / 2);
        var (first, last) = (Save(from, "first.png"), Save(from + new Point(right, down), "last.png"));
        var video = await MakeAsync(first, last);

        var middle = video.Frames.Count / 2;
        var progress = Easing.At((double)middle / (video.Frames.Count - 1));
        var (actual, dissolved) = (PsnrOf(video.Frames[middle]), PsnrOf(Dissolved(video.Frames[0], video.Frames[^1], progress)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{picture}: {actual:F1} against {dissolved:F1} dB");
        if (dissolved < Indistinguishable)
            (actual - dissolved).ShouldBeGreaterThan(6, video.Record);

        string Save(Point at, string name)
        {
            using var view = whole[new Rect(at.X, at.Y, width, height)];
            var path = _harness.NewFile(name);
            view.SaveImage(path).ShouldBeTrue();
            return path;
        }

        double PsnrOf(byte[] frame) => StillReference.Psnr(
            frame, video.Format, file, (from.X + (progress * right)) / whole.Width, (from.Y + (progress * down)) / whole.Height, ViewFraction);
    }

    private async Task CheckOtherAsync(string picture)
    {
        var next = Pictures.All[(Pictures.All.ToList().IndexOf(picture) + 1) % Pictures.All.Count];
        var video = await MakeAsync(Pictures.FileOf(_harness, picture), Pictures.FileOf(_harness, next));

        var steps = video.Frames.Zip(video.Frames.Skip(1), (before, now) => TestClips.Difference(before, now, video.Format)).ToList();
        var usual = steps.Order().ElementAt(steps.Count * 3 / 4);
        steps.Max().ShouldBeLessThan((2 * usual) + 0.5, video.Record);
    }

    private async Task<Video> MakeAsync(string first, string last)
    {
        List<byte[]> frames = [];
        var request = EngineHarness.Request(first, null) with
        {
            Roles = [MediaRole.FirstFrame, MediaRole.LastFrame],
            Media = new Dictionary<MediaRole, MediaInput> { [MediaRole.FirstFrame] = EngineHarness.Input(first), [MediaRole.LastFrame] = EngineHarness.Input(last) },
        };
        var started = await _harness.RenderAsync(request, (frame, _) => frames.Add(frame.Pixels.ToArray()));
        var video = new Video(frames, started.Format, started.ModelData.ToJsonString());
        StillReference.CoverPsnr(frames[0], started.Format, InPlainColours(first)).ShouldBeGreaterThan(LeastDecibels, video.Record);
        StillReference.CoverPsnr(frames[^1], started.Format, InPlainColours(last)).ShouldBeGreaterThan(LeastDecibels, video.Record);
        return video;
    }

    /// <summary>Converts a photograph with a colour profile, which ffmpeg ignores.</summary>
    private string InPlainColours(string picture)
    {
        if (Path.GetExtension(picture) == ".png")
            return picture;
        var image = _harness.Reader.Read(EngineHarness.Input(picture), TestContext.Current.CancellationToken);
        using var pixels = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, image.Pixels.ToArray());
        using var converted = pixels.CvtColor(ColorConversionCodes.RGB2BGR);
        var path = _harness.NewFile($"{Path.GetFileName(picture)}.png");
        converted.SaveImage(path).ShouldBeTrue();
        return path;
    }

    private static byte[] Dissolved(byte[] first, byte[] last, double share) =>
        [.. first.Zip(last, (a, b) => (byte)Math.Round((a * (1 - share)) + (b * share)))];

    private sealed record Video(List<byte[]> Frames, VideoFormat Format, string Record);
}
