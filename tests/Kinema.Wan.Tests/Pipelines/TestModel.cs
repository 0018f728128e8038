using Kinema.Wan.Pipelines;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>What a record says about a model that was not loaded.</summary>
internal static class TestModel
{
    public static LoadedModel Of(WanPrecision precision = WanPrecision.Float32, params WanLora[] loras) => new("digest", [], loras, "cpu", precision, WanResident.Widened, Runtime);

    public static WanRuntime Runtime { get; } = new() { LibraryVersion = "1", LibTorchVersion = "2", Processor = null, Threads = 1, Attention = "fused" };
}
