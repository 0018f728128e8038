using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.Wan.Tests.Checkpoints;

namespace Kinema.Wan.Worker.Tests.Engine;

/// <summary>LoRAs that the operator offers and a request names.</summary>
public sealed class EngineLoraTests
{
    private static readonly string[] _steam = ["steam"];

    [Fact]
    public async Task A_named_lora_is_merged_for_that_video_and_gone_for_the_next()
    {
        await using var run = new EngineRun(TinyCheckpoint.Any, options => options with
        {
            OptionalLoras = new Dictionary<string, LoraFile> { ["steam"] = new(Write(options.Files.Folder!), 0.5) },
        });

        var plain = await run.RunAsync(run.Request());
        var steamed = await run.RunAsync(run.Request(("loras", _steam)));
        var again = await run.RunAsync(run.Request());

        run.Engine.Descriptor.SettingValues!["loras"].ShouldBe(["steam"]);
        Record(plain)["loras"]!.AsArray().ShouldBeEmpty();
        var lora = Record(steamed)["loras"]!.AsArray().ShouldHaveSingleItem()!;
        (lora["file_name"]!.GetValue<string>(), lora["strength"]!.GetValue<double>()).ShouldBe(("steam.safetensors", 0.5));
        Record(steamed)["model_was_loaded"]!.GetValue<bool>().ShouldBeTrue();
        Frames(steamed).ShouldNotBe(Frames(plain));
        Frames(again).ShouldBe(Frames(plain));
    }

    private static string Write(string folder)
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "transformer", "config.json")))!;
        var channels = config["num_attention_heads"]!.GetValue<int>() * config["attention_head_dim"]!.GetValue<int>();
        var writer = new SafetensorsWriter();
        writer.Add("transformer.blocks.0.attn1.to_q.lora_A.weight", torch.full([2, channels], 0.3f));
        writer.Add("transformer.blocks.0.attn1.to_q.lora_B.weight", torch.full([channels, 2], 0.3f));
        return writer.Save(Path.Combine(folder, "steam.safetensors"));
    }

    private static JsonObject Record(List<EngineEvent> events) => events.OfType<EngineEvent.Started>().Single().ModelData;

    private static string Frames(List<EngineEvent> events) =>
        string.Join(',', events.OfType<EngineEvent.Frame>().Select(frame => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(frame.Pixels.Span))));
}
