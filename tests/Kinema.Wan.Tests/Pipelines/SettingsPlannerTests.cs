using Kinema.Wan.Pipelines;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Pipelines;

public sealed class SettingsPlannerTests
{
    private static readonly RgbImage _image = new(100, 50, new byte[100 * 50 * 3]);

    public static TheoryData<string> Checkpoints => TinyCheckpoint.All;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void Sizes_are_floored_and_frames_are_adjusted_to_4n_plus_1(string name)
    {
        var (checkpoint, planner) = Open(name);

        var settings = planner.Plan(Request(checkpoint) with { Width = (3 * checkpoint.SizeMultiple) + 5, Height = checkpoint.SizeMultiple + 1, NumFrames = 11 });

        (settings.Width, settings.Height, settings.NumFrames).ShouldBe((3 * checkpoint.SizeMultiple, checkpoint.SizeMultiple, 9));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void The_scheduler_s_config_decides_the_shift_and_the_request_overrides_it(string name)
    {
        var (checkpoint, planner) = Open(name);

        planner.Plan(Request(checkpoint)).FlowShift.ShouldBe(checkpoint.FlowShift!.Value);
        planner.Plan(Request(checkpoint) with { FlowShift = 7 }).FlowShift.ShouldBe(7);
    }

    [Theory]
    [InlineData(WanFamily.Wan22ImageToVideo, 832, 480, 3)]
    [InlineData(WanFamily.Wan22ImageToVideo, 720, 1280, 5)]
    [InlineData(WanFamily.Wan21ImageToVideo, 480, 832, 3)]
    [InlineData(WanFamily.Wan21ImageToVideo, 1280, 720, 5)]
    [InlineData(WanFamily.Wan21FirstLastFrame, 832, 480, 16)]
    [InlineData(WanFamily.Wan22TextImageToVideo, 832, 480, 5)]
    public void Without_a_scheduler_s_config_the_shift_is_the_family_s_and_3_for_480p_image_to_video(WanFamily family, int width, int height, double shift)
        => FamilyDefaults.Of(family).FlowShiftFor(new(width, height)).ShouldBe(shift);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void The_distilled_scheduler_takes_four_steps_without_guidance(string name)
    {
        var (checkpoint, planner) = Open(name);

        var settings = planner.Plan(Request(checkpoint) with { Scheduler = WanScheduler.Distilled, NumInferenceSteps = 40 });

        settings.ShouldSatisfyAllConditions(s => s.NumInferenceSteps.ShouldBe(4), s => s.FlowShift.ShouldBe(5), s => s.IsGuided.ShouldBeFalse(), s => s.NegativePrompt.ShouldBeNull());
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void Loras_are_listed_in_the_record(string name)
    {
        var (checkpoint, _) = Open(name);
        var planner = new SettingsPlanner(checkpoint, TestModel.Of(WanPrecision.Float32, new WanLora("steam.safetensors", "aa", 0.5, LoraExperts.LowNoise)), new());

        planner.Plan(Request(checkpoint)).Loras.ShouldBe([new WanLora("steam.safetensors", "aa", 0.5, LoraExperts.LowNoise)]);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Checkpoints))]
    public void An_invalid_request_is_rejected_by_field(string name)
    {
        var (checkpoint, planner) = Open(name);
        var request = Request(checkpoint);

        Refusal(request with { NumInferenceSteps = 0 }).ShouldContain("NumInferenceSteps must be from 1 to");
        Refusal(request with { Width = 64 }).ShouldContain("Width and Height");
        Refusal(request with { Width = 1, Height = 64 }).ShouldContain("Width must be from");
        Refusal(request with { FlowShift = -1 }).ShouldContain("FlowShift must be a number above 0");
        Refusal(request with { NumFrames = 0 }).ShouldContain("NumFrames must be from 1 to");
        if (checkpoint.Family is WanFamily.Wan21ImageToVideo or WanFamily.Wan22TextImageToVideo)
            Refusal(request with { LastImage = _image }).ShouldContain("LastImage cannot be used");
        if (checkpoint.Family == WanFamily.Wan21FirstLastFrame)
            Refusal(request with { LastImage = null }).ShouldContain("LastImage is missing");
        if (request.LastImage is not null)
            Refusal(request with { NumFrames = 2 }).ShouldContain("NumFrames must be 5 or more with a last image");

        string Refusal(WanRequest wrong) => Should.Throw<ArgumentException>(() => planner.Plan(wrong)).Message;
    }

    private static (Checkpoint Checkpoint, SettingsPlanner Planner) Open(string name)
    {
        var checkpoint = CheckpointFolder.Read(FixtureFolder.Checkpoint(name));
        return (checkpoint, new(checkpoint, TestModel.Of(), new()));
    }

    private static WanRequest Request(Checkpoint checkpoint)
        => new() { Image = _image, LastImage = checkpoint.Family == WanFamily.Wan21FirstLastFrame ? _image : null };
}
