using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.Motion.Tests.Support;
using OpenCvSharp;

namespace Kinema.Motion.Tests.FirstLastFrame;

public sealed class LastFrameTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData("shift", "camera")]
    [InlineData("zoom", "camera")]
    [InlineData("figure", "flow")]
    [InlineData("same", "camera")]
    [InlineData("unrelated", "dissolve")]
    [InlineData("black", "camera")]
    [InlineData("black and white", "dissolve")]
    [InlineData("tiny", "camera")]
    [InlineData("tall", "dissolve")]
    [InlineData("brighter", "camera")]
    public async Task A_video_leads_smoothly_from_the_first_picture_to_the_last(string pair, string transition)
    {
        var (first, last) = Files(pair);
        var video = await MakeAsync(first, last, null);

        FormerKeyTests.ShouldHaveBothKeys(video.Record);
        video.Record.ContainsKey("approach").ShouldBe(transition != "dissolve");
        video.Record["transition"]!.GetValue<string>().ShouldBe(transition);
        (video.Record["transition_reason"] is not null).ShouldBe(transition == "dissolve");
        video.Write(pair);
        RenderHarness.Psnr(video.Frames[0], StillReference.Covering(first, video.Format)).ShouldBeGreaterThan(35);
        RenderHarness.Psnr(video.Frames[^1], StillReference.Covering(last, video.Format)).ShouldBeGreaterThan(35);

        var steps = video.Steps();
        var usual = steps.Order().ElementAt(steps.Count * 3 / 4);
        TestContext.Current.TestOutputHelper?.WriteLine($"{pair}: steps usually {usual:F2}, most {steps.Max():F2}; {video.Record.ToJsonString()}");
        steps.Max().ShouldBeLessThan((2 * usual) + 0.5);
    }

    [Fact]
    public async Task A_camera_move_in_the_prompt_gets_a_note()
    {
        var (first, last) = Files("tiny");
        var notes = (await MakeAsync(first, last, "pan left")).Record["notes"]!.AsArray().Select(note => note!.GetValue<string>());

        notes.ShouldContain("the camera words of the prompt are not followed: the two pictures decide the camera's way");
    }

    [Fact]
    public async Task The_record_holds_the_crop_of_a_last_picture_of_another_aspect_ratio()
    {
        var (first, last) = Files("tall");
        var video = await MakeAsync(first, last, null);

        var crop = video.Record["last_frame_crop"]!;
        crop["width"]!.GetValue<double>().ShouldBe(1);
        crop["height"]!.GetValue<double>().ShouldBeLessThan(0.7);
        crop["y"]!.GetValue<double>().ShouldBe((1 - crop["height"]!.GetValue<double>()) / 2, 0.001);
    }

    private (string First, string Last) Files(string pair)
    {
        using Mat? first = Picture(pair, 0), last = Picture(pair, 1);
        return (File(first, "first.png"), File(last, "last.png"));

        string File(Mat picture, string name)
        {
            var path = _harness.NewFile(name);
            Cv2.ImWrite(path, picture);
            return path;
        }
    }

    private static Mat Picture(string pair, int index)
    {
        switch (pair)
        {
            case "shift" or "zoom" or "figure":
                using (var scene = SyntheticScenes.Make(pair))
                    return (index == 0 ? scene.First : scene.Second).Clone();
            case "same":
                return PicturePair.Photograph("coffee-600x400.png", 600, 400);
            case "unrelated":
                return index == 0 ? PicturePair.Photograph("coffee-600x400.png", 600, 400) : PicturePair.Photograph("raccoon-1024x768.jpg", 600, 400);
            case "tall":
                return index == 0 ? PicturePair.Photograph("rocket-640x427.jpg", 640, 427) : PicturePair.Photograph("astronaut-512x512.png", 512, 512);
            case "black":
                return new Mat(300, 400, MatType.CV_8UC3, Scalar.Black);
            case "black and white":
                return new Mat(300, 400, MatType.CV_8UC3, index == 0 ? Scalar.Black : Scalar.White);
            case "tiny":
                using (var cat = PicturePair.Photograph("cat-451x300.png", 300, 200))
                {
                    using var part = new Mat(cat, new Rect(index == 0 ? 0 : 30, 10, 240, 180));
                    return part.Clone();
                }

            default:
                var picture = PicturePair.Photograph("raccoon-1024x768.jpg", 800, 600);
                using (var part = new Mat(picture, new Rect(index == 0 ? 0 : 60, 50, 700, 500)))
                {
                    picture.Dispose();
                    var lit = new Mat();
                    part.ConvertTo(lit, -1, index == 0 ? 1 : 1.25, index == 0 ? 0 : 10);
                    return lit;
                }
        }
    }

    private async Task<Video> MakeAsync(string first, string last, string? prompt)
    {
        List<byte[]> frames = [];
        var request = EngineHarness.Request(first, prompt) with
        {
            Roles = [MediaRole.FirstFrame, MediaRole.LastFrame],
            Media = new Dictionary<MediaRole, MediaInput> { [MediaRole.FirstFrame] = EngineHarness.Input(first), [MediaRole.LastFrame] = EngineHarness.Input(last) },
        };
        var started = await _harness.RenderAsync(request, (frame, _) => frames.Add(frame.Pixels.ToArray()));
        return new(frames, started.Format, started.ModelData);
    }

    private sealed record Video(List<byte[]> Frames, VideoFormat Format, JsonObject Record)
    {
        /// <summary>Mean differences of neighbouring frames.</summary>
        public List<double> Steps() => [.. Frames.Skip(1).Select((frame, i) => Difference(Frames[i], frame))];

        /// <summary>Writes nine frames of the video for inspection, if a folder is set.</summary>
        public void Write(string name)
        {
            if (Environment.GetEnvironmentVariable("SHEET") is not { } folder)
                return;

            List<Mat> rows = [];
            for (var row = 0; row < 3; row++)
            {
                List<Mat> tiles = [];
                for (var column = 0; column < 3; column++)
                {
                    using var yuv = new Mat(Format.Height * 3 / 2, Format.Width, MatType.CV_8UC1);
                    yuv.SetArray(Frames[(int)Math.Round(((row * 3) + column) / 8.0 * (Frames.Count - 1))]);
                    var tile = new Mat();
                    Cv2.CvtColor(yuv, tile, ColorConversionCodes.YUV2BGR_I420);
                    Cv2.Resize(tile, tile, new Size(520, 520 * Format.Height / Format.Width), 0, 0, InterpolationFlags.Area);
                    tiles.Add(tile);
                }

                rows.Add(new Mat());
                Cv2.HConcat(tiles, rows[^1]);
            }

            using var sheet = new Mat();
            Cv2.VConcat(rows, sheet);
            Cv2.ImWrite(Path.Combine(folder, $"video-{name}.png"), sheet);
        }

        private static double Difference(byte[] before, byte[] after)
        {
            long sum = 0;
            for (var i = 0; i < before.Length; i++)
                sum += Math.Abs(before[i] - after[i]);
            return (double)sum / before.Length;
        }
    }
}
