using Kinema.Wan.Pipelines;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Tests.Text;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>A checkpoint of 8-bit files whose matrices stay as stored: less memory, the same video.</summary>
public sealed class ResidentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task Matrices_as_stored_make_the_video_that_widened_ones_make(string name)
    {
        using var files = new SingleFiles(name);
        using var folder = Folder(name);
        var source = new WanFiles { Folder = folder.Folder, Transformer = files.WriteScaledTransformer("transformer").Scaled, TextEncoder = files.WriteScaledText("text.safetensors") };
        foreach (var precision in new[] { WanPrecision.Float32, WanPrecision.BFloat16 })
        {
            using var widened = await Load(source, new() { Precision = precision, Resident = WanResident.Widened });
            using var asStored = await Load(source, new() { Precision = precision, Resident = WanResident.AsStored });
            var request = TinyCheckpoint.Request(widened.Family);

            var (expected, frames) = (await Videos.Of(widened, request), await Videos.Of(asStored, request));

            frames.Zip(expected, (one, other) => one.Pixels.Span.SequenceEqual(other.Pixels.Span)).ShouldAllBe(same => same);
            (widened.Plan(request).Resident, asStored.Plan(request).Resident).ShouldBe((WanResident.Widened, WanResident.AsStored));
            asStored.OffloadPlan.WeightBytes.ShouldBe(widened.OffloadPlan.AsStoredBytes);
            asStored.OffloadPlan.WeightBytes.ShouldBeLessThan(widened.OffloadPlan.WeightBytes);
            asStored.OffloadPlan.MappedBytes.ShouldBeGreaterThan(widened.OffloadPlan.MappedBytes);
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task The_memory_budget_chooses(string name)
    {
        using var files = new SingleFiles(name);
        using var folder = Folder(name);
        var source = new WanFiles { Folder = folder.Folder, Transformer = files.WriteScaledTransformer("transformer").Scaled };
        var plan = WanCheckpoint.Inspect(source, new() { MemoryBudget = long.MaxValue }).OffloadPlan;

        plan.Resident.ShouldBe(WanResident.Widened);
        WanCheckpoint.Inspect(source, new() { MemoryBudget = plan.WidenedBytes - 1 }).OffloadPlan.Resident.ShouldBe(WanResident.AsStored);
        using var tight = await Load(source, new() { MemoryBudget = plan.WidenedBytes - 1 });
        tight.OffloadPlan.Resident.ShouldBe(WanResident.AsStored);
        (await Videos.Of(tight, TinyCheckpoint.Request(tight.Family))).ShouldNotBeEmpty();
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public void Every_matrix_product_of_transformer_and_text_encoder_may_be_packed(string name)
    {
        var checkpoint = CheckpointFolder.Read(FixtureFolder.Checkpoint(name));
        foreach (var component in checkpoint.Components)
        {
            using var set = checkpoint.Open(component);
            var matrices = ComponentBuilder.MatricesOf(checkpoint, component, set);

            var expected = Checkpoint.KindOf(component) is Kinema.Wan.Checkpoints.Naming.ModelKind.Transformer or Kinema.Wan.Checkpoints.Naming.ModelKind.TextEncoder
                ? set.Tensors.Values.Where(tensor => tensor.Entry.Shape.Length == 2).Select(tensor => tensor.Name)
                    .Where(tensor => !tensor.Contains("relative_attention_bias") && !tensor.Contains("time_embedder") && (tensor != "encoder.embed_tokens.weight" || !set.Tensors.ContainsKey("shared.weight")))
                : [];
            matrices.ShouldBe(expected, ignoreOrder: true);
        }
    }

    private static Task<WanPipeline> Load(WanFiles files, WanOptions options) => WanPipeline.LoadAsync(files, options, cancellationToken: Ct);

    private static TinyCheckpoint Folder(string name)
    {
        var checkpoint = new TinyCheckpoint(name);
        File.Delete(Path.Combine(checkpoint.Folder, "tokenizer", "tokenizer.json"));
        File.WriteAllBytes(Path.Combine(checkpoint.Folder, "tokenizer", "spiece.model"), SentencePieceBytes.Letters());
        return checkpoint;
    }
}
