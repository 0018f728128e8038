using System.Security.Cryptography;
using Kinema.Engines;
using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests;

public sealed class MotionEngineTests : IDisposable
{
    private readonly Studio _studio = new();

    public void Dispose() => _studio.Dispose();

    private static string Raccoon => Studio.Sample("raccoon-1024x768.jpg");

    [Fact]
    public async Task Events_come_in_order_and_number()
    {
        List<int> frames = [];
        var started = await _studio.WatchAsync(Studio.Request(Raccoon, "push in"), (frame, format) =>
        {
            frame.Pixels.Length.ShouldBe(format.FrameBytes);
            frames.Add(frame.Index);
        });

        started.Format.ShouldBe(new VideoFormat(1108, 832, 30, 60));
        frames.ShouldBe(Enumerable.Range(0, 60));
    }

    [Fact]
    public async Task The_record_says_what_was_understood_and_done()
    {
        var record = (await _studio.WatchAsync(Studio.Request(Raccoon, "slowly pan left, then orbit", seconds: 5), (_, _) => { })).ModelData;

        record["engine"]!.GetValue<string>().ShouldBe("motion");
        record["engine_version"]!.GetValue<string>().ShouldBe(_studio.Engine.Descriptor.Version);
        record["moves"]!.ToJsonString().ShouldBe("""["pan_left"]""");
        (record["direction"]!.GetValue<string>(), record["content"]!.GetValue<string>()).ShouldBe(("left", "moves right"));
        record["speed"]!.GetValue<string>().ShouldBe("slow");
        record["amplitude"]!.GetValue<double>().ShouldBe(0.066, 1e-6);
        record["crop_start"]!.ToJsonString().ShouldBe("""{"x":0.066,"y":0.03036,"width":0.934,"height":0.934}""");
        record["crop_end"]!.ToJsonString().ShouldBe("""{"x":0,"y":0.03036,"width":0.934,"height":0.934}""");
        record["notes"]!.AsArray().Select(note => note!.GetValue<string>()).ShouldContain("'orbit' is asked for and not made by this engine");
    }

    [Fact]
    public async Task The_same_request_gives_the_same_bytes()
    {
        var request = Studio.Request(Raccoon, "zoom out");

        (await DigestAsync(request)).ShouldBe(await DigestAsync(request));
        (await DigestAsync(request with { Seed = 99 })).ShouldBe(await DigestAsync(request));
    }

    [Theory]
    [InlineData("push in")]
    [InlineData("zoom in")]
    [InlineData("static")]
    public async Task The_first_frame_is_the_resized_picture(string prompt)
    {
        foreach (var sample in Studio.Samples)
            (await FirstFramePsnrAsync(sample, prompt, VideoResolution.Hd720)).ShouldBeGreaterThan(35, sample);
    }

    [Theory]
    [Trait("Set", "long")]
    [InlineData("push in")]
    [InlineData("static")]
    public async Task The_first_frame_is_the_resized_picture_at_1080p(string prompt)
    {
        foreach (var sample in Studio.Samples)
            (await FirstFramePsnrAsync(sample, prompt, VideoResolution.Hd1080)).ShouldBeGreaterThan(35, sample);
    }

    [Theory]
    [InlineData("push in")]
    [InlineData("pull out")]
    [InlineData("pan left")]
    [InlineData("tilt down")]
    [InlineData("pedestal up")]
    public async Task A_plain_picture_stays_plain_to_the_edges(string prompt)
    {
        var picture = _studio.NewFile("plain.ppm.png");
        Media.Tests.Support.Tool.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "color=white:s=400x300", "-frames:v", "1", picture]);

        await _studio.WatchAsync(Studio.Request(picture, prompt), (frame, format) =>
        {
            var luma = frame.Pixels.Span[..(format.Width * format.Height)];
            luma.ContainsAnyExcept((byte)235).ShouldBeFalse();
            frame.Pixels.Span[luma.Length..].ContainsAnyExcept((byte)128).ShouldBeFalse();
        });
    }

    [Fact]
    public async Task Cancelling_stops_within_two_seconds()
    {
        using var cancel = new CancellationTokenSource();
        var stopwatch = new System.Diagnostics.Stopwatch();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var happening in _studio.Engine.GenerateAsync(Studio.Request(Raccoon, "push in", 15, VideoResolution.Hd1080), cancel.Token))
            {
                if (happening is not EngineEvent.Frame { Index: 3 })
                    continue;
                stopwatch.Start();
                await cancel.CancelAsync();
            }
        });

        stopwatch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_receiver_that_leaves_early_gives_the_memory_back_safely()
    {
        for (var i = 0; i < 5; i++)
        {
            await foreach (var happening in _studio.Engine.GenerateAsync(Studio.Request(Raccoon, "push in"), TestContext.Current.CancellationToken))
            {
                if (happening is EngineEvent.Frame { Index: 1 })
                    break;
            }
        }
    }

    [Fact]
    public void What_it_cannot_serve_is_refused_with_the_role_at_fault()
    {
        var request = Studio.Request(Raccoon, null);

        _studio.Engine.Judge(request).CanServe.ShouldBeTrue();
        _studio.Engine.Judge(request with { Roles = [MediaRole.FirstFrame, MediaRole.Audio] })
            .ShouldBe(new EngineVerdict(MediaRole.Audio, "not served by the engine bound here"));
        _studio.Engine.Judge(request with { Roles = [] }).Role.ShouldBe(MediaRole.FirstFrame);
        _studio.Engine.Judge(request with { DurationSeconds = 16 }).CanServe.ShouldBeFalse();
    }

    private async Task<string> DigestAsync(VideoRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await _studio.WatchAsync(request, (frame, _) => hash.AppendData(frame.Pixels.Span));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Against ffmpeg's own Lanczos and BT.709 conversion: nothing of ours is in the reference.</summary>
    private async Task<double> FirstFramePsnrAsync(string sample, string prompt, VideoResolution resolution)
    {
        byte[] first = [];
        var format = (await _studio.WatchAsync(Studio.Request(Studio.Sample(sample), prompt, 2, resolution), (frame, _) =>
        {
            if (frame.Index == 0)
                first = frame.Pixels.ToArray();
        })).Format;
        var reference = Media.Tests.Support.Tool.Decode(
            Studio.Sample(sample),
            "-vf", $"scale={format.Width}:{format.Height}:flags=lanczos+accurate_rnd+full_chroma_inp:out_color_matrix=bt709:out_range=tv");
        var error = first.Zip(reference, (a, b) => (double)(a - b) * (a - b)).Average();
        return 10 * Math.Log10(255 * 255 / error);
    }
}
