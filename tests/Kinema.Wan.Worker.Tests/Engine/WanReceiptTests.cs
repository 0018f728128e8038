using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Wan.Engine;

namespace Kinema.Wan.Worker.Tests.Engine;

public sealed class WanReceiptTests
{
    [Theory]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task A_record_is_read_back_also_where_nulls_were_left_out(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        await using var pipeline = await WanPipeline.LoadAsync(checkpoint.EngineOptions.Files, checkpoint.EngineOptions.Model, cancellationToken: TestContext.Current.CancellationToken);
        var image = new RgbImage(4, 4, new byte[48]);
        var settings = pipeline.Plan(new() { Image = image, LastImage = pipeline.Family == WanFamily.Wan21FirstLastFrame ? image : null, GuidanceScale = 1, Width = 64, Height = 64, Prompt = "x" });

        var record = WanReceipt.Write(settings, null);
        var sparse = JsonNode.Parse(record.ToJsonString())!.AsObject();
        RemoveNulls(sparse);

        sparse.Count.ShouldBeLessThan(record.Count);
        JsonSerializer.Serialize(WanReceipt.Read(sparse, "x")).ShouldBe(JsonSerializer.Serialize(settings));
    }

    [Fact]
    public void A_record_of_another_engine_is_refused_with_the_key() =>
        Should.Throw<JsonException>(() => WanReceipt.Read(new() { ["engine"] = "motion" }, "x")).Message.ShouldContain("checkpoint_digest");

    private static void RemoveNulls(JsonObject fields)
    {
        foreach (var name in fields.Where(field => field.Value is null).Select(field => field.Key).ToList())
            fields.Remove(name);
        foreach (var part in fields.Select(field => field.Value).OfType<JsonObject>())
            RemoveNulls(part);
    }
}
