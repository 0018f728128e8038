using Kinema.Engines;
using Kinema.Motion.Tests.Continuation;
using Kinema.Motion.Tests.Support;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Visual;

/// <summary>No frame of any video shows an area beyond its pictures and their filled surroundings.</summary>
public sealed class OutOfImageTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData("astronaut-512x512.png", "push in, then orbit left")]
    [InlineData("coffee-600x400.png", "pull out while craning up")]
    public Task A_still_picture_shows_nothing_outside(string picture, string prompt) => VerifyAsync(EngineHarness.Request(EngineHarness.Sample(picture), prompt));

    [Theory]
    [InlineData("raccoon-1024x768.jpg", "raccoon-1024x768.jpg")]
    [InlineData("square", "raccoon-1024x768.jpg")]
    [InlineData("coffee-600x400.png", "rocket-640x427.jpg")]
    [InlineData("portrait", "astronaut-512x512.png")]
    [InlineData("raccoon-1024x768.jpg", "higher")]
    [InlineData("coffee-600x400.png", "turned")]
    [InlineData("leaving", "left")]
    public Task A_transition_to_a_last_picture_shows_nothing_outside(string first, string last)
    {
        var (from, to) = (FileOf(first), FileOf(last));
        return VerifyAsync(EngineHarness.Request(from, null) with
        {
            Roles = [MediaRole.FirstFrame, MediaRole.LastFrame],
            Media = new Dictionary<MediaRole, MediaInput> { [MediaRole.FirstFrame] = EngineHarness.Input(from), [MediaRole.LastFrame] = EngineHarness.Input(to) },
        });
    }

    [Theory]
    [InlineData("crop=800:450:3*n:150", null)]
    [InlineData("crop=640:480:200:2*n", "truck right, then roll clockwise")]
    [InlineData("zoompan=z='1.3-0.003*on':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=1:s=800x600:fps=30", "tilt up")]
    public Task A_continued_clip_shows_nothing_outside(string filter, string? prompt) => VerifyAsync(TestClips.Request(TestClips.Make(_harness, "clip", filter), 4) with { Prompt = prompt });

    [Theory]
    [InlineData("raccoon-1024x768.jpg")]
    [InlineData("coffee-600x400.png")]
    public Task A_clip_that_ends_in_a_picture_shows_nothing_outside(string last)
    {
        var request = TestClips.Request(TestClips.Make(_harness, "clip", "crop=800:600:n:80"), 4);
        return VerifyAsync(request with
        {
            Roles = [MediaRole.InputVideo, MediaRole.LastFrame],
            Media = new Dictionary<MediaRole, MediaInput>(request.Media) { [MediaRole.LastFrame] = EngineHarness.Input(EngineHarness.Sample(last)) },
        });
    }

    private string FileOf(string name)
    {
        if (name is not ("higher" or "turned" or "leaving" or "left"))
            return Pictures.FileOf(_harness, name);
        using var picture = name switch
        {
            "higher" => Part("raccoon-1024x768.jpg", new Rect(80, 0, 560, 700)),
            "turned" => Turned("coffee-600x400.png"),
            _ => FirstLastFrame.SyntheticScenes.WithObject(name == "leaving" ? 40 : -50),
        };
        var path = _harness.NewFile($"{name}.png");
        picture.SaveImage(path).ShouldBeTrue();
        return path;

        static Mat Part(string sample, Rect part)
        {
            using var whole = Cv2.ImRead(EngineHarness.Sample(sample));
            return whole[part].Clone();
        }

        static Mat Turned(string sample)
        {
            using var whole = FirstLastFrame.PicturePair.Photograph(sample, 900, 600);
            return FirstLastFrame.PicturePair.View(whole, new Size(600, 400), FirstLastFrame.PicturePair.At(40, 30, 1.1, 8));
        }
    }

    private async Task VerifyAsync(VideoRequest request)
    {
        var ct = TestContext.Current.CancellationToken;
        var factory = _harness.ShotFactories
            .First(factory => factory.RequiredRoles.All(request.Roles.Contains) && request.Roles.All(factory.SupportedRoles.Contains));
        await using var shot = await factory.PrepareAsync(request, new Progress<EngineEvent.Progress>(), ct);
        var pixels = new byte[shot.Format.FrameBytes];
        for (var frame = 0; frame < shot.Format.FrameCount; frame++)
        {
            await shot.RenderAsync(frame, pixels, ct);
            shot.CellsFromOutside.ShouldBe(0, $"frame {frame} of {shot.Record.ToJsonString()}");
        }
    }
}
