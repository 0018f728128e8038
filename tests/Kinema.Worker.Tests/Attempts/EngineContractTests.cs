using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Worker.Tests.Support;

namespace Kinema.Worker.Tests.Attempts;

/// <summary>An engine that breaks its contract would do so again: one attempt, and a failure that says what it did.</summary>
public sealed class EngineContractTests
{
    private static readonly VideoFormat _format = ScriptedEngine.Format;

    private static readonly Dictionary<string, (string Violation, EngineEvent[] Events)> _cases = new()
    {
        ["nothing"] = ("it ended without Started", []),
        ["no frames"] = ("it ended after 0 of the 20 frames that Started announced", [Started()]),
        ["too few frames"] = ("it ended after 15 of the 20 frames that Started announced", [Started(), .. Frames().Take(15)]),
        ["too many frames"] = ("it yielded frame 20 after the last of the 20 frames that Started announced", [Started(), .. Frames(), Frame(20)]),
        ["a frame twice"] = ("it yielded frame 0 where frame 1 was due", [Started(), Frame(0), Frame(0)]),
        ["a frame left out"] = ("it yielded frame 1 where frame 0 was due", [Started(), Frame(1)]),
        ["a frame before Started"] = ("it yielded frame 0 before Started", [Frame(0), Started()]),
        ["Started twice"] = ("it yielded Started twice", [Started(), Started()]),
        ["a small frame"] = ("frame 0 has 383 bytes; one of 16×16 has 384", [Started(), new EngineEvent.Frame(0, new byte[383])]),
        ["a large frame"] = ("frame 1 has 768 bytes; one of 16×16 has 384", [Started(), Frame(0), new EngineEvent.Frame(1, new byte[768])]),
        ["an odd width"] = ("its frames are 15×16; both sides must be even, from 2 to 8192", [Started(new(15, 16, 10, 20))]),
        ["an odd height"] = ("its frames are 16×17; both sides must be even, from 2 to 8192", [Started(new(16, 17, 10, 20))]),
        ["no width"] = ("its frames are 0×16; both sides must be even, from 2 to 8192", [Started(new(0, 16, 10, 20))]),
        ["a huge height"] = ("its frames are 16×65536; both sides must be even, from 2 to 8192", [Started(new(16, 65536, 10, 20))]),
        ["no rate"] = ("its video has 0 frames per second; 1 to 240 are allowed", [Started(new(16, 16, 0, 20))]),
        ["no length"] = ("its video has 0 frames; at least 1 is needed", [Started(new(16, 16, 10, 0))]),
        ["a large preview"] = ("a preview must have 1 to 262144 bytes; got 262145", [Started(), new EngineEvent.Preview("image/png", new byte[RunPreview.MaxBytes + 1])]),
        ["an empty preview"] = ("a preview must have 1 to 262144 bytes; got 0", [Started(), new EngineEvent.Preview("image/png", default)]),
        ["a preview of another type"] = ("a preview must be of image/jpeg, image/png, image/webp; got image/svg+xml", [Started(), new EngineEvent.Preview("image/svg+xml", new byte[3])]),
    };

    public static TheoryData<string> Cases => [.. _cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_fails_at_once_and_the_run_says_how(string name)
    {
        var (violation, events) = _cases[name];
        using var rig = new Rig();
        rig.Engine.Script = (_, _) => events.ToAsyncEnumerable();

        var failed = (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Failed>();

        failed.Failure.ShouldBe(new("ENGINE_CONTRACT", $"The engine \"motion\" broke its contract: {violation}.", "inference"));
    }

    private static EngineEvent.Started Started(VideoFormat? format = null) => new(format ?? _format, []);

    private static EngineEvent.Frame Frame(int index) => new(index, new byte[_format.FrameBytes]);

    private static IEnumerable<EngineEvent> Frames() => Enumerable.Range(0, _format.FrameCount).Select(Frame);
}
