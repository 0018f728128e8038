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
