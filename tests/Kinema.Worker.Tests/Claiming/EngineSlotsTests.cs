using Kinema.Engines;
using Kinema.Worker.Assignments;
using Kinema.Worker.Claiming;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Tests.Claiming;

public sealed class EngineSlotsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_that_wait_elsewhere_take_no_place_of_those_that_compute_here()
    {
        var slots = NewSlots();

        slots.Take(Run("motion"));
        (await slots.WithRoomAsync(Ct)).ShouldBe(["hosted"]);

        for (var i = 0; i < 3; i++)
            slots.Take(Run("hosted"));
        var waiting = slots.WithRoomAsync(Ct);
        waiting.IsCompleted.ShouldBeFalse();

        slots.Release(Run("motion"));
        (await waiting.WaitAsync(TimeSpan.FromSeconds(10), Ct)).ShouldBe(["motion", "second"]);
    }

    [Fact]
    public void A_setting_lowers_an_engines_slots_and_does_not_raise_them()
    {
        NewSlots(("hosted", 2)).CapacityOf("hosted").ShouldBe(2);
        NewSlots(("hosted", 50)).CapacityOf("hosted").ShouldBe(3);
        NewSlots().CapacityOf("hosted").ShouldBe(3);
        NewSlots(("motion", 50)).CapacityOf("motion").ShouldBe(1);
    }

    private static EngineSlots NewSlots(params (string Engine, int Runs)[] own)
    {
        var options = new WorkerOptions { Concurrency = 1 };
        foreach (var (engine, runs) in own)
            options.EngineConcurrency[engine] = runs;
        return new(new EngineSet([new Named("motion", null), new Named("second", null), new Named("hosted", 3)]), Options.Create(options));
    }

    private static LocalAssignment Run(string engineId)
    {
        using var rig = new Rig();
        var claim = rig.Claim();
        return rig.Get<LocalAssignments>().Create(claim with { Run = claim.Run with { EngineId = engineId } });
    }

    private sealed class Named(string id, int? slots) : IVideoEngine
    {
        public EngineDescriptor Descriptor { get; } = new ScriptedEngine().Descriptor with { Id = id, Slots = slots };

        public EngineSupport CheckSupport(VideoRequest request) => EngineSupport.Supported;

        public IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
