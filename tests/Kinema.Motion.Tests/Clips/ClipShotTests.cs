using Kinema.Engines;
using Kinema.Media.Tests.Support;
using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests.Clips;

/// <summary>Real clips, decoded and continued.</summary>
public sealed class ClipShotTests : IDisposable
{
    private const double ClipSeconds = 2.5;
    private const int ClipFrames = 75;

    private readonly Studio _studio = new();

    public static TheoryData<string, string> Clips => new()
    {
        { "pan", "crop=800:450:3*n:150" },
        { "tilt", "crop=640:480:200:2*n" },
        { "zoom", "zoompan=z='1+0.003*on':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=1:s=800x600:fps=30" },
        { "grain", "crop=800:450:n:150,noise=alls=14:allf=t" },
        { "still", "crop=800:450:100:150" },
        { "fade", "crop=800:450:2*n:150,fade=t=in:d=2" },
        { "portrait", "crop=400:700:3*n:30" },
    };

    public void Dispose() => _studio.Dispose();

    [Theory]
    [MemberData(nameof(Clips))]
    public async Task The_seam_does_not_jump(string name, string filter)
    {
        List<double> steps = [];
        byte[]? before = null;
        await _studio.WatchAsync(Request(name, filter), (frame, format) =>
        {
            var now = frame.Pixels.Span[..(format.Width * format.Height)].ToArray();
            if (before is not null)
                steps.Add(Difference(before, now));
            before = now;
        });

        // steps[i] is the change from frame i to frame i + 1.
        steps.Count.ShouldBe((4 * 30) - 1);
        var seam = steps[ClipFrames - 1];
        var neighbours = Math.Max(steps[(ClipFrames - 6)..(ClipFrames - 1)].Average(), steps[ClipFrames..(ClipFrames + 5)].Average());
        seam.ShouldBeLessThanOrEqualTo(1.5 * neighbours + 0.05, $"{name}: {string.Join(' ', steps[(ClipFrames - 6)..(ClipFrames + 6)].Select(s => s.ToString("0.00", null)))}");
        for (var i = ClipFrames; i < steps.Count - 1; i++)
            steps[i].ShouldBeLessThanOrEqualTo((1.5 * Math.Max(steps[i - 1], steps[i + 1])) + 0.05, $"no later jump either, at frame {i}");
    }

    [Fact]
    public async Task A_pan_goes_on_and_comes_to_rest()
    {
        var flows = await Flow.OfAsync(_studio, Request("pan", "crop=800:450:3*n:150"));

        var inClip = flows[(ClipFrames - 10)..(ClipFrames - 1)].Average(flow => flow.X);
        inClip.ShouldBeLessThan(-2);
        flows[ClipFrames..(ClipFrames + 3)].Average(flow => flow.X).ShouldBe(inClip, 0.35 * Math.Abs(inClip));
        Math.Abs(flows[^1].X).ShouldBeLessThan(0.15 * Math.Abs(inClip));
    }

    [Fact]
    public async Task The_record_tells_of_the_clip_and_its_sound_goes_along()
    {
        var started = await _studio.WatchAsync(Request("pan", "crop=800:450:3*n:150", sound: true), (_, _) => { });

        started.ModelData["continuation"]!.GetValue<string>().ShouldBe("momentum");
        started.ModelData["clip_frames"]!.GetValue<int>().ShouldBe(ClipFrames);
        started.Soundtrack.ShouldNotBeNull().Seconds.ShouldBe(ClipSeconds);
        started.Format.FrameCount.ShouldBe(120);
    }

    [Fact]
    public async Task A_silent_clip_makes_a_silent_video() =>
        (await _studio.WatchAsync(Request("still", "crop=800:450:100:150"), (_, _) => { })).Soundtrack.ShouldBeNull();

    [Fact]
    public async Task What_cannot_be_made_after_a_clip_is_said()
    {
        var request = Request("still", "crop=800:450:100:150") with { Prompt = "The camera pulls back" };
        var started = await _studio.WatchAsync(request, (_, _) => { });

        started.ModelData["notes"]!.AsArray().Select(note => note!.GetValue<string>()).ShouldContain(note => note.StartsWith("'pull_out' is not made after a clip"));
    }

    private VideoRequest Request(string name, string filter, bool sound = false)
    {
        var path = _studio.NewFile($"{name}.mp4");
        List<string> arguments = ["-v", "error", "-y", "-loop", "1", "-framerate", "30", "-i", Studio.Sample("raccoon-1024x768.jpg")];
        if (sound)
            arguments.AddRange(["-f", "lavfi", "-i", "sine=440"]);
        arguments.AddRange(["-vf", filter, "-t", "2.5", "-r", "30", "-c:v", "libx264", "-crf", "16", "-pix_fmt", "yuv420p", path]);
        Tool.Run("ffmpeg", arguments);
        var (width, height) = name switch { "tilt" => (640, 480), "zoom" => (800, 600), "portrait" => (400, 700), _ => (800, 450) };
        return new()
        {
            Resolution = VideoResolution.Hd720,
            DurationSeconds = 4,
            Seed = 1,
            Roles = [MediaRole.Clip],
            Media = new Dictionary<MediaRole, MediaInput>
            {
                [MediaRole.Clip] = new()
                {
                    Path = path, Digest = "", ContentType = "video/mp4", SizeBytes = new FileInfo(path).Length, Width = width, Height = height, Seconds = ClipSeconds, HasSound = sound,
                },
            },
        };
    }

    private static double Difference(byte[] a, byte[] b)
    {
        long sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return (double)sum / a.Length;
    }
}
