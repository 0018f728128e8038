using System.Text.Json.Nodes;
using Kinema.TestSupport;
using Kinema.Wan.Engine;

namespace Kinema.Wan.Worker.Tests.Commands;

public sealed class RunTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task It_makes_a_video_whose_file_says_how(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        string[] last = name.Contains("flf2v", StringComparison.Ordinal) ? ["--end-image", TinyCheckpoint.Picture] : [];

        var made = await WanCli.JsonAsync(
            checkpoint.WorkingDirectory,
            ["run", TinyCheckpoint.Picture, "--checkpoint", "checkpoint", "--prompt", "a cat", "--width", "96", "--height", "64", "--frames", "5", "--steps", "2", "--seed", "3",
                "--threads", "1", "-o", "cat.mp4", .. last]);

        var path = Path.Combine(checkpoint.WorkingDirectory, "cat.mp4");
        made.GetProperty("video").GetString().ShouldBe(path);
        var file = await Ffprobe.ReadAsync(path, Ct);
        var video = file["streams"]!.AsArray().Single()!;
        (video["width"]!.GetValue<int>(), video["height"]!.GetValue<int>(), video["nb_read_frames"]!.GetValue<string>()).ShouldBe((96, 64, "5"));
        var record = JsonNode.Parse(file["format"]!["tags"]!["wan_settings"]!.GetValue<string>())!.AsObject();
        WanReceipt.Read(record, "a cat").ShouldSatisfyAllConditions(s => s.Seed.ShouldBe(3), s => s.NumInferenceSteps.ShouldBe(2), s => s.Width.ShouldBe(96));
        record.ToJsonString().ShouldNotContain("a cat");
    }

    [Fact]
    public async Task A_missing_picture_is_named() =>
        (await WanCli.RefusalAsync(Path.GetTempPath(), 3, "run", "no-such.png", "--checkpoint", "x")).ShouldContain("there is no file no-such.png");
}
