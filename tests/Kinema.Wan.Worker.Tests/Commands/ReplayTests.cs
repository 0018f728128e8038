using System.Text.Json.Nodes;

namespace Kinema.Wan.Worker.Tests.Commands;

public sealed class ReplayTests
{
    private static readonly string[] _run =
        ["run", TinyCheckpoint.Picture, "--checkpoint", "checkpoint", "--prompt", "a cat", "--area", "6144", "--frames", "5", "--steps", "2", "--seed", "3", "--dtype", "float32", "--threads", "1", "-o", "first.mp4"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replay_makes_the_same_frames_and_finds_no_difference()
    {
        using var checkpoint = new TinyCheckpoint(TinyCheckpoint.Any);
        await MakeAsync(checkpoint);

        var result = await WanCli.JsonAsync(
            checkpoint.WorkingDirectory, "replay", "record.json", TinyCheckpoint.Picture, "--checkpoint", "checkpoint", "--prompt", "a cat", "--against", "first.mp4");

        result.GetProperty("settings").GetArrayLength().ShouldBe(0, result.ToString());
        result.GetProperty("frames").GetProperty("frames").GetInt32().ShouldBe(5);
        result.GetProperty("frames").GetProperty("equal_frames").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task Another_checkpoint_is_told_with_the_distance_of_the_frames()
    {
        using var checkpoint = new TinyCheckpoint(TinyCheckpoint.Any);
        var record = await MakeAsync(checkpoint);
        record["settings"]!["checkpoint_digest"] = "another";
        record["settings"]!["seed"] = 4;
        record["input"] = new JsonObject { ["prompt"] = "a cat" };
        await File.WriteAllTextAsync(Path.Combine(checkpoint.WorkingDirectory, "record.json"), record.ToJsonString(), Ct);

        var (code, text, error) = await WanCli.RunAsync(
            checkpoint.WorkingDirectory, "replay", "record.json", TinyCheckpoint.Picture, "--checkpoint", "checkpoint", "--against", "first.mp4");

        code.ShouldBe(0, error);
        text.ShouldContain("checkpoint_digest");
        text.ShouldContain("0 of 5 frames are equal; PSNR ");
    }

    [Fact]
    public async Task A_file_without_record_or_prompt_says_so()
    {
        using var checkpoint = new TinyCheckpoint(TinyCheckpoint.Any);
        await MakeAsync(checkpoint);
        await File.WriteAllTextAsync(Path.Combine(checkpoint.WorkingDirectory, "other.json"), """{"output":{"video":"x"}}""", Ct);

        (await RefusalAsync("other.json")).ShouldContain("has no record of a Wan video: no object with \"checkpoint_digest\"");
        (await RefusalAsync("record.json")).ShouldContain("has no prompt, which a record leaves out; give it with --prompt");

        Task<string> RefusalAsync(string record) =>
            WanCli.RefusalAsync(checkpoint.WorkingDirectory, 2, "replay", record, TinyCheckpoint.Picture, "--checkpoint", "checkpoint");
    }

    private static async Task<JsonObject> MakeAsync(TinyCheckpoint checkpoint)
    {
        var made = await WanCli.JsonAsync(checkpoint.WorkingDirectory, _run);
        await File.WriteAllTextAsync(Path.Combine(checkpoint.WorkingDirectory, "record.json"), made.GetRawText(), Ct);
        return JsonNode.Parse(made.GetRawText())!.AsObject();
    }
}
