using Kinema.Engines;
using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests.Continuation;

/// <summary>Continuation of real decoded clips.</summary>
public sealed class ClipShotTests : IDisposable
{
    private readonly EngineHarness _harness = new();

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

    public void Dispose() => _harness.Dispose();

    [Theory]
    [MemberData(nameof(Clips))]
    public async Task The_seam_does_not_jump(string name, string filter)
    {
        List<double> steps = [];
        byte[]? before = null;
        var started = await _harness.RenderAsync(Request(name, filter), (frame, format) =>
        {
            var now = frame.Pixels.ToArray();
            if (before is not null)
                steps.Add(TestClips.Difference(before, now, format));
            before = now;
        });

        started.Format.FrameCount.ShouldBe(120);
        steps.Count.ShouldBe(119);
        TestClips.ShouldNotJump(steps);
    }

    [Fact]
    public async Task A_pan_continues_and_comes_to_rest()
    {
        var flows = await Flow.OfAsync(_harness, Request("pan", "crop=800:450:3*n:150"));

        var inClip = flows[(TestClips.Frames - 10)..(TestClips.Frames - 1)].Average(flow => flow.X);
        inClip.ShouldBeLessThan(-2);
        flows[TestClips.Frames..(TestClips.Frames + 3)].Average(flow => flow.X).ShouldBe(inClip, 0.35 * Math.Abs(inClip));
        Math.Abs(flows[^1].X).ShouldBeLessThan(0.15 * Math.Abs(inClip));
    }

    [Fact]
    public async Task The_record_describes_the_clip_and_the_video_keeps_its_audio()
    {
        var started = await _harness.RenderAsync(Request("pan", "crop=800:450:3*n:150", withAudio: true), (_, _) => { });

        FormerKeyTests.ShouldHaveBothKeys(started.ModelData);
        started.ModelData.ContainsKey("clip_pace").ShouldBeTrue();
        started.ModelData["continuation"]!.GetValue<string>().ShouldBe("momentum");
        started.ModelData["clip_frames"]!.GetValue<int>().ShouldBe(TestClips.Frames);
        started.Soundtrack.ShouldNotBeNull().Seconds.ShouldBe(TestClips.Seconds);
    }

    [Fact]
    public async Task A_silent_clip_makes_a_silent_video() =>
        (await _harness.RenderAsync(Request("still", "crop=800:450:100:150"), (_, _) => { })).Soundtrack.ShouldBeNull();

    [Fact]
    public async Task A_move_that_is_impossible_after_a_clip_gets_a_note()
    {
        var request = Request("still", "crop=800:450:100:150") with { Prompt = "The camera pulls back" };
        var started = await _harness.RenderAsync(request, (_, _) => { });

        started.ModelData["notes"]!.AsArray().Select(note => note!.GetValue<string>()).ShouldContain(note => note.StartsWith("'pull_out' is not made after a clip"));
    }

    private VideoRequest Request(string name, string filter, bool withAudio = false) => TestClips.Request(TestClips.Make(_harness, name, filter, withAudio), 4);
}
