using System.Text.Json;
using Kinema.Core.Runs;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Worker.Tests.Attempts;

public sealed class ProgressTests
{
    [Theory]
    [InlineData(10, 3)] // 20 frames in 0.2 s: the first and the last, and nothing between but what a quarter second allows
    [InlineData(100, 10)] // 20 frames in 2 s: four a second and the last
    [InlineData(1000, 20)] // a frame a second: each is reported
    public async Task Progress_is_told_four_times_a_second_at_most(int millisecondsPerFrame, int atMost)
    {
        var clock = new FakeTimeProvider();
        using var rig = new Rig(clock);
        rig.Engine.Script = (_, _) => ScriptedEngine.AllFrames(ScriptedEngine.Format, () => clock.Advance(TimeSpan.FromMilliseconds(millisecondsPerFrame)));

        await rig.RunAsync();

        var told = Told(rig);
        told.Count.ShouldBeInRange(2, atMost);
        told[^1].ShouldBe(20);
        told.ShouldBe(told.Distinct().Order());
    }

    private static List<int> Told(Rig rig) =>
        [.. rig.Ledger.Events.Where(e => e.Type == RunEvents.ProgressType).Select(e => JsonDocument.Parse(e.DataJson).RootElement.GetProperty("done").GetInt32())];
}
