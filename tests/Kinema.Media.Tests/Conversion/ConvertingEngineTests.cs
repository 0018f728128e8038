using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Media.Tests.Conversion;

/// <summary>Videos of an engine at a rate or a size that it does not make itself.</summary>
public sealed class ConvertingEngineTests
{
    [Theory]
    [InlineData(81, 16, 30, 152)]
    [InlineData(81, 16, 24, 122)]
    [InlineData(121, 24, 30, 151)]
    [InlineData(121, 24, 16, 81)]
    [InlineData(8, 10, 3, 2)]
    [InlineData(1, 16, 60, 4)]
    public async Task Frames_are_repeated_or_left_out_and_each_is_shown_when_it_was(int frames, int made, int rate, int expected)
    {
        var (started, shown) = await MakeAsync(new ScriptedFrames(new(64, 48, made, frames)), new() { FramesPerSecond = rate }, VideoResolution.Hd720);

        (started.Format.FramesPerSecond, started.Format.FrameCount).ShouldBe((rate, expected));
        shown.Count.ShouldBe(expected);
        shown.Select((luma, index) => luma[0] - Math.Min(frames - 1, index * made / rate)).ShouldAllBe(difference => difference == 0);
        started.ModelData["conversion"]!["made_frames_per_second"]!.GetValue<int>().ShouldBe(made);
        started.ModelData["steps"]!.GetValue<int>().ShouldBe(40);
    }

    [Fact]
    public async Task A_video_of_1080p_is_made_in_the_largest_size_and_enlarged()
    {
        var engine = new ScriptedFrames(new(1280, 720, 16, 2));
        var (started, shown) = await MakeAsync(engine, new() { Upscales = true }, VideoResolution.Hd1080);

        engine.Asked.ShouldBe(VideoResolution.Hd720);
        started.Format.ShouldBe(new VideoFormat(1920, 1080, 16, 2));
        shown[1].Distinct().ShouldBe([1]);
        started.ModelData["conversion"]!["made_height"]!.GetValue<int>().ShouldBe(720);
    }

    [Fact]
    public async Task What_needs_no_conversion_passes_unchanged()
    {
        var (started, shown) = await MakeAsync(new ScriptedFrames(new(64, 48, 16, 3)), new() { FramesPerSecond = 16, Upscales = true }, VideoResolution.Hd720);

        started.Format.ShouldBe(new VideoFormat(64, 48, 16, 3));
        started.ModelData.ContainsKey("conversion").ShouldBeFalse();
        shown.Select(luma => luma[0]).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void The_descriptor_publishes_what_comes_out_and_1080p_is_refused_without_the_setting()
    {
        var inner = new ScriptedFrames(new(64, 48, 16, 1));
        var engine = new ConvertingEngine(inner, new() { FramesPerSecond = 30, Upscales = true });
        var request = ScriptedFrames.Request(VideoResolution.Hd1080);

        engine.Descriptor.Version.ShouldBe("1-30fps-1080p");
        engine.Descriptor.Resolutions.ShouldBe([VideoResolution.Sd480, VideoResolution.Hd720, VideoResolution.Hd1080]);
        engine.CheckSupport(request).IsSupported.ShouldBeTrue();
        new ConvertingEngine(inner, new() { FramesPerSecond = 30 }).CheckSupport(request).Reason
            .ShouldBe("the resolution 1080p is not served by the engine 'wan', which makes 480p and 720p");
        Should.Throw<ArgumentOutOfRangeException>(() => new ConvertingEngine(inner, new() { FramesPerSecond = 121 }));
    }

    [Theory]
    [InlineData(PlaneScaler.Centered)]
    [InlineData(PlaneScaler.LeftSited)]
    public void A_ramp_stays_a_ramp_and_its_samples_keep_their_places(double site)
    {
        const int From = 40, To = 60, Slope = 5;
        var source = Enumerable.Range(0, From * 2).Select(i => (byte)(i % From * Slope)).ToArray();
        var target = new byte[To * 3];
        new PlaneScaler(From, 2, To, 3, site).Scale(source, target);

        for (var x = 3; x < To - 3; x++)
            ((double)target[To + x]).ShouldBe(Slope * (((x + site) * From / To) - site), 0.6, $"{x}");
    }

    private static async Task<(EngineEvent.Started Started, List<byte[]> Luma)> MakeAsync(ScriptedFrames engine, VideoConversion conversion, VideoResolution asked)
    {
        EngineEvent.Started? started = null;
        var shown = new List<byte[]>();
        await foreach (var made in new ConvertingEngine(engine, conversion).GenerateAsync(ScriptedFrames.Request(asked), TestContext.Current.CancellationToken))
        {
            started ??= made as EngineEvent.Started;
            if (made is not EngineEvent.Frame frame)
                continue;

            frame.Index.ShouldBe(shown.Count);
            frame.Pixels.Length.ShouldBe(started!.Format.FrameBytes);
            shown.Add(frame.Pixels[..(started.Format.Width * started.Format.Height)].ToArray());
        }

        return (started!, shown);
    }

    /// <summary>Frames whose samples are their number.</summary>
    private sealed class ScriptedFrames(VideoFormat format) : IVideoEngine
    {
        public VideoResolution? Asked { get; private set; }

        public EngineDescriptor Descriptor { get; } = new()
        {
            Id = "wan",
            Version = "1",
            DisplayName = "Wan",
            MediaRoles = [],
            Resolutions = [VideoResolution.Sd480, VideoResolution.Hd720],
            MinDurationSeconds = 1,
            MaxDurationSeconds = 5,
        };

        public static VideoRequest Request(VideoResolution resolution) => new() { Resolution = resolution, DurationSeconds = 5, Seed = 1, Roles = [] };

        public EngineSupport CheckSupport(VideoRequest request) => EngineSupport.FromDescriptor(Descriptor, request);

        public async IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Asked = request.Resolution;
            yield return new EngineEvent.Started(format, new JsonObject { ["steps"] = 40 });
            var pixels = new byte[format.FrameBytes];
            for (var index = 0; index < format.FrameCount; index++)
            {
                await Task.Yield();
                Array.Fill(pixels, (byte)index);
                yield return new EngineEvent.Frame(index, pixels);
            }
        }
    }
}
