using Kinema.Wan.Pipelines;
using Kinema.Wan.Pipelines.Offloading;
using Kinema.Wan.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinema.Wan.Tests.Pipelines;

public sealed class ComponentCacheTests
{
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public void Without_a_budget_every_component_is_loaded_and_stays(string name)
    {
        var checkpoint = CheckpointFolder.Read(FixtureFolder.Checkpoint(name));
        using var parts = Open(checkpoint, budget: null);

        parts.LoadWhatFits(null, TestContext.Current.CancellationToken);

        parts.Loaded.ShouldBe(checkpoint.Components, ignoreOrder: true);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public void With_a_budget_too_small_for_any_component_each_replaces_the_one_before(string name)
    {
        var checkpoint = CheckpointFolder.Read(FixtureFolder.Checkpoint(name));
        using var parts = Open(checkpoint, budget: 1);

        parts.LoadWhatFits(null, TestContext.Current.CancellationToken);
        parts.Loaded.Where(IsConverted).ShouldBeEmpty();
        parts.TextEncoder(TestContext.Current.CancellationToken);
        parts.Loaded.Where(IsConverted).ShouldBe([ComponentName.TextEncoder]);
        parts.Transformer(ComponentName.Transformer, TestContext.Current.CancellationToken);
        parts.Loaded.Where(IsConverted).ShouldBe([ComponentName.Transformer]);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public void Mapped_components_are_never_evicted(string name)
    {
        var checkpoint = CheckpointFolder.Read(FixtureFolder.Checkpoint(name));
        using var parts = Open(checkpoint, budget: 1);
        parts.LoadWhatFits(null, TestContext.Current.CancellationToken);

        parts.TextEncoder(TestContext.Current.CancellationToken);

        parts.Loaded.ShouldContain(ComponentName.Vae);
    }

    // The fixtures are float32, as VAE and CLIP are computed, so on the CPU those two stay in their files.
    private static bool IsConverted(ComponentName part) => part is not (ComponentName.Vae or ComponentName.ImageEncoder);

    private static ComponentCache Open(Checkpoint checkpoint, long? budget)
        => new(checkpoint, torch.CPU, torch.bfloat16, new() { MemoryBudget = budget }, NullLogger.Instance, new FreeMemory());
}
