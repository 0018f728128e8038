using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Worker.Tests.Attempts;

public sealed class PreviewTests
{
    private readonly byte[] _picture = [1, 2, 3];

    [Fact]
    public async Task A_preview_is_stored_and_those_of_the_same_second_are_left_out()
    {
        using var rig = new Rig(new FakeTimeProvider());
        rig.Engine.Script = (_, _) => Preview(new("image/png", _picture), new("image/png", _picture));

        await rig.RunAsync();

        var stored = rig.Ledger.Appends.Select(a => a.Preview).Where(p => p is not null).ShouldHaveSingleItem()!;
        stored.ContentType.ShouldBe("image/png");
        stored.Content.ToArray().ShouldBe(_picture);
    }

    [Fact]
    public async Task A_preview_that_is_too_large_or_of_another_type_is_left_out_and_the_log_says_why()
    {
        using var rig = new Rig();
        rig.Engine.Script = (_, _) => Preview(new("image/png", new byte[RunPreview.MaxBytes + 1]), new("image/svg+xml", _picture), new("image/png", Array.Empty<byte>()));

        await rig.RunAsync();

        rig.Ledger.Appends.ShouldAllBe(a => a.Preview == null);
        rig.Ledger.Events.Where(e => e.DataJson.Contains("preview", StringComparison.Ordinal)).ShouldBe(
            [RunEvents.Log("warning", "A preview was left out: a preview must have 1 to 262144 bytes; got 262145.")]);
    }

    private static async IAsyncEnumerable<EngineEvent> Preview(params EngineEvent.Preview[] previews)
    {
        yield return new EngineEvent.Started(ScriptedEngine.Format, []);
        foreach (var preview in previews)
            yield return preview;
        foreach (var frame in ScriptedEngine.Frames(ScriptedEngine.Format))
            yield return frame;
        await Task.CompletedTask;
    }
}
