using Kinema.Engines;
using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests.Continuation;

/// <summary>Clips that continue to a given last picture.</summary>
public sealed class TransitionContinuationTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData("raccoon-1024x768.jpg", "camera")]
    [InlineData("coffee-600x400.png", "dissolve")]
    public async Task A_clip_ends_in_the_picture_and_the_seam_does_not_jump(string last, string transition)
    {
        var clip = TestClips.Make(_harness, "clip", "crop=800:600:n:80");
        List<double> steps = [];
        byte[]? before = null;
        var request = TestClips.Request(clip, 4) with { Roles = [MediaRole.InputVideo, MediaRole.LastFrame] };
        request = request with { Media = new Dictionary<MediaRole, MediaInput>(request.Media) { [MediaRole.LastFrame] = EngineHarness.Input(EngineHarness.Sample(last)) } };

        var started = await _harness.RenderAsync(request, (frame, format) =>
        {
            var now = frame.Pixels.ToArray();
            if (before is not null)
                steps.Add(TestClips.Difference(before, now, format));
            before = now;
        });

        started.ModelData["transition"]!.GetValue<string>().ShouldBe(transition);
        started.ModelData["continuation"]!.GetValue<string>().ShouldBe("transition");
        TestClips.ShouldNotJump(steps);
        RenderHarness.Psnr(before!, StillReference.Covering(EngineHarness.Sample(last), started.Format)).ShouldBeGreaterThan(35);
    }
}
