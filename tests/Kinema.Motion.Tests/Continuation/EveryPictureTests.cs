using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests.Continuation;

/// <summary>Clips panned over pictures of every shape and kind continue without a jump.</summary>
public sealed class EveryPictureTests : IDisposable
{
    // Scales to sides that a clip may have, the longer one no longer than the frame; then a slow pan or tilt.
    private const string ClipSize = "scale='if(gt(iw,ih),-2,max(300,min(iw,900)))':'if(gt(iw,ih),max(300,min(ih,900)),-2)',";

    private const string Pan = ClipSize + "crop='2*floor(iw*0.42)':'2*floor(ih*0.42)':n*iw*0.001:ih*0.08";
    private const string Tilt = ClipSize + "crop='2*floor(iw*0.42)':'2*floor(ih*0.42)':iw*0.08:n*ih*0.001";

    private readonly EngineHarness _harness = new();

    public static TheoryData<string> All => [.. Pictures.All];

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData("coffee-600x400.png")]
    [InlineData("screenshot")]
    public Task A_clip_continues_without_a_jump(string picture) => CheckAsync(picture);

    [Theory]
    [Trait("Set", "long")]
    [MemberData(nameof(All))]
    public Task A_clip_over_every_picture_continues_without_a_jump(string picture) => CheckAsync(picture);

    private async Task CheckAsync(string picture)
    {
        var file = Pictures.FileOf(_harness, picture);
        foreach (var (name, filter) in new[] { ("pan", Pan), ("tilt", Tilt) })
        {
            List<double> steps = [];
            byte[]? before = null;
            var started = await _harness.RenderAsync(TestClips.Request(TestClips.Make(_harness, name, filter, picture: file), 4), (frame, format) =>
            {
                var now = frame.Pixels.ToArray();
                if (before is not null)
                    steps.Add(TestClips.Difference(before, now, format));
                before = now;
            });
            TestContext.Current.TestOutputHelper?.WriteLine($"{picture}: {name}: {started.ModelData.ToJsonString()}");
            TestClips.ShouldNotJump(steps);
        }
    }
}
