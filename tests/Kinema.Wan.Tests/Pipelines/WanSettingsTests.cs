using System.Text.Json;
using Kinema.Wan.Pipelines;
using Kinema.Wan.Tests.Checkpoints;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>A record of a generation, kept as JSON, gives the same generation again.</summary>
public sealed class WanSettingsTests
{
    private static readonly RgbImage _image = new(90, 40, Enumerable.Range(0, 90 * 40 * 3).Select(i => (byte)(i * 7)).ToArray());

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task A_record_kept_as_json_makes_the_same_video_again(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        await using var pipeline = await checkpoint.LoadAsync();
        // The size follows the image: TI2V crops it then.
        var request = TinyCheckpoint.Request(pipeline.Family) with
        {
            Image = _image,
            Width = null,
            Height = null,
            MaxArea = 64 * 64,
            NumInferenceSteps = 6,
            GuidanceScale = 3,
            FlowShift = 4,
            StepCache = new() { Threshold = 1, RetentionRatio = 0 },
        };
        var settings = pipeline.Plan(request);
        var kept = JsonSerializer.Deserialize<WanSettings>(JsonSerializer.Serialize(settings))!;

        var again = kept.ToRequest(request.Image, request.LastImage);

        JsonSerializer.Serialize(pipeline.Plan(again)).ShouldBe(JsonSerializer.Serialize(settings));
        Videos.AreSame(await Videos.Of(pipeline, again), await Videos.Of(pipeline, request)).ShouldBeTrue();
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task A_given_size_stays_a_given_size_and_the_images_must_be_as_many(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        await using var pipeline = await checkpoint.LoadAsync();
        var request = TinyCheckpoint.Request(pipeline.Family);
        var settings = pipeline.Plan(request);

        var again = settings.ToRequest(request.Image, request.LastImage);

        (again.Width, again.Height, again.MaxArea).ShouldBe((settings.Width, settings.Height, null));
        Should.Throw<ArgumentException>(() => settings.ToRequest(request.Image, request.LastImage is null ? request.Image : null)).ParamName.ShouldBe("lastImage");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TinyCheckpoint.All), MemberType = typeof(TinyCheckpoint))]
    public async Task A_record_names_the_files_and_what_computed(string name)
    {
        using var checkpoint = new TinyCheckpoint(name);
        await using var pipeline = await checkpoint.LoadAsync();

        var settings = pipeline.Plan(TinyCheckpoint.Request(pipeline.Family));

        settings.CheckpointFiles.ShouldContain(file => file.StartsWith("transformer/", StringComparison.Ordinal) && file.EndsWith(".safetensors", StringComparison.Ordinal));
        settings.CheckpointFiles.ShouldNotContain(file => file.Contains(checkpoint.Folder, StringComparison.Ordinal));
        settings.Runtime.LibTorchVersion.ShouldStartWith(LibTorchPackage.Version);
        settings.Runtime.ShouldSatisfyAllConditions(r => r.Threads.ShouldBe(1), r => r.Attention.ShouldBe("fused"), r => r.Processor.ShouldNotBeNullOrEmpty());
        JsonSerializer.Serialize(settings).ShouldContain($"\"Family\":\"{pipeline.Family}\"");
    }

    [Fact]
    public void The_digest_of_a_lora_follows_its_numbers()
    {
        using var folder = new TemporaryFolder();

        var (one, same, other) = (Digest("one", 1), Digest("same", 1), Digest("other", 2));

        one.Length.ShouldBe(64);
        same.ShouldBe(one);
        other.ShouldNotBe(one);

        string Digest(string file, float value)
        {
            var writer = new SafetensorsWriter();
            writer.Add("blocks.0.lora_A.weight", torch.full(4, value));
            return CheckpointDigest.OfFile(writer.Save(folder.File(file)));
        }
    }
}
