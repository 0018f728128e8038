using Kinema.Wan.Pipelines;
using Kinema.Wan.Pipelines.Offloading;
using Kinema.Wan.Tests.Checkpoints;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Vae;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>The offload plan for a given amount of free memory.</summary>
public sealed class OffloadPlannerTests
{
    private static readonly ComponentSize[] _sizes = [new(10, 20, 0), new(40, 30, 5), new(40, 50, 0)];

    public static TheoryData<string> Checkpoints => TinyCheckpoint.All;

    [Theory]
    [InlineData(110L, true)]
    [InlineData(109L, false)]
    [InlineData(0L, false)]
    public void Free_memory_less_the_reserve_is_the_limit(long free, bool all)
    {
        var plan = OffloadPlanner.Choose(_ => _sizes, asked: null, budget: null, () => free, reserve: 10);

        plan.ShouldBe(new WanOffloadPlan
        {
            Resident = WanResident.Widened,
            AllResident = all,
            WeightBytes = 100,
            WidenedBytes = 100,
            AsStoredBytes = 100,
            MappedBytes = 5,
            FreeBytes = free,
            ReserveBytes = 10,
            BudgetBytes = all ? null : Math.Max(0, free - 10),
        });
    }

    [Theory]
    [InlineData(100L, true)]
    [InlineData(99L, false)]
    public void A_budget_overrides_the_free_memory(long budget, bool all)
    {
        var plan = OffloadPlanner.Choose(_ => _sizes, asked: null, budget, () => throw new InvalidOperationException("not asked"), reserve: 10);

        plan.ShouldBe(new WanOffloadPlan { Resident = WanResident.Widened, AllResident = all, WeightBytes = 100, WidenedBytes = 100, AsStoredBytes = 100, MappedBytes = 5, FreeBytes = null, ReserveBytes = 0, BudgetBytes = budget });
    }

    [Theory]
    [InlineData(null, 100L, WanResident.Widened, true)]
    [InlineData(null, 99L, WanResident.AsStored, true)]
    [InlineData(null, 59L, WanResident.AsStored, false)]
    [InlineData(WanResident.AsStored, 1000L, WanResident.AsStored, true)]
    [InlineData(WanResident.Widened, 60L, WanResident.Widened, false)]
    public void Matrices_stay_as_stored_where_the_compute_type_does_not_fit(WanResident? asked, long budget, WanResident chosen, bool all)
    {
        var plan = OffloadPlanner.Choose(resident => resident == WanResident.Widened ? _sizes : [new(50, 60, 40)], asked, budget, () => null, reserve: 10);

        plan.ShouldBe(new WanOffloadPlan
        {
            Resident = chosen,
            AllResident = all,
            WeightBytes = chosen == WanResident.Widened ? 100 : 60,
            WidenedBytes = 100,
            AsStoredBytes = 60,
            MappedBytes = chosen == WanResident.Widened ? 5 : 40,
            FreeBytes = null,
            ReserveBytes = 0,
            BudgetBytes = budget,
        });
    }

    [Fact]
    public void A_device_that_does_not_report_free_memory_has_no_limit() =>
        OffloadPlanner.Choose(_ => _sizes, asked: null, budget: null, () => null, reserve: 10).ShouldSatisfyAllConditions(
            plan => plan.AllResident.ShouldBeTrue(), plan => plan.BudgetBytes.ShouldBeNull(), plan => plan.FreeBytes.ShouldBeNull());

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void Components_are_loaded_in_turn_if_they_do_not_all_fit(string name)
    {
        var checkpoint = CheckpointFolder.Read(FixtureFolder.Checkpoint(name));
        var reserve = ActivationReserve.BytesFor(checkpoint, torch.bfloat16, tiledVae: false);
        var all = Open(checkpoint, torch.bfloat16, null);
        var needed = all.OffloadPlan.WeightBytes;
        using var roomy = Open(checkpoint, torch.bfloat16, reserve + needed);
        using var tight = Open(checkpoint, torch.bfloat16, reserve + needed - 1);

        roomy.LoadWhatFits(null, TestContext.Current.CancellationToken);
        tight.LoadWhatFits(null, TestContext.Current.CancellationToken);

        roomy.Loaded.ShouldBe(checkpoint.Components, ignoreOrder: true);
        tight.Loaded.Count.ShouldBeLessThan(checkpoint.Components.Count);
        tight.OffloadPlan.AllResident.ShouldBeFalse();
    }

    [Fact]
    public void The_reserve_includes_the_cached_residuals_beside_the_transformer_s_block()
    {
        var checkpoint = PublishedModel.Checkpoint("wan2.2_i2v_14B", VaeConfig.Wan21, expandTimesteps: false);
        var request = new WanRequest { Image = new(832, 480, new byte[832 * 480 * 3]), StepCache = new() };

        var kept = new SettingsPlanner(checkpoint, TestModel.Of(WanPrecision.BFloat16), new()).Plan(request).StepCache!.ResidualBytes;

        // 21 × 30 × 52 tokens of 5120 channels; three residuals of 2 bytes, and the block's own vectors with half as much again.
        kept.ShouldBe(32_760L * 5120 * 2 * 3);
        ActivationReserve.BytesFor(checkpoint, torch.bfloat16, tiledVae: false).ShouldBe((32_760L * ((8 * 4 * 5120) + (2 * 2 * 13_824)) * 3 / 2) + kept);
    }

    [Theory]
    [InlineData(false, 11_072_962_560)]
    [InlineData(true, 6_369_116_160 + 502_824_960)]
    public void The_reserve_is_the_vae_s_if_that_is_larger(bool tiled, long reserve) =>
        ActivationReserve.BytesFor(PublishedModel.Checkpoint("wan2.2_ti2v_5B", VaeConfig.Wan22, expandTimesteps: true), torch.bfloat16, tiled).ShouldBe(reserve);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void Mapped_weights_need_no_device_memory(string name)
    {
        var checkpoint = CheckpointFolder.Read(FixtureFolder.Checkpoint(name));
        var files = checkpoint.Components.Sum(part =>
        {
            using var set = checkpoint.Open(part);
            return set.Tensors.Values.Where(stored => stored.Entry.Type == Kinema.Wan.Checkpoints.StoredType.F32).Sum(stored => stored.Entry.Length);
        });

        using var parts = Open(checkpoint, torch.float32, 1);

        parts.OffloadPlan.MappedBytes.ShouldBe(files);
    }

    [Fact]
    public void This_machine_reports_its_free_memory() =>
        new FreeMemory().BytesOf(torch.CPU).ShouldNotBeNull().ShouldBeInRange(1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    [Fact]
    public void A_missing_CUDA_runtime_is_not_an_error()
    {
        CudaMemory.FreeBytes(0).ShouldBeNull();
        CudaMemory.Query("/no/such/libcudart.so", 0).ShouldBeNull();
    }

    private static ComponentCache Open(Checkpoint checkpoint, torch.ScalarType type, long? free) =>
        new(checkpoint, torch.CPU, type, new(), NullLogger.Instance, new Fixed(free));

    private sealed class Fixed(long? bytes) : IFreeMemory
    {
        public long? BytesOf(torch.Device device) => bytes;
    }
}
