using Kinema.Wan.Pipelines;
using Kinema.Wan.Schedulers;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Pipelines;

[Trait("Set", "isa")]
public sealed class PipelineGoldenTests
{
    private const double SigmaTolerance = 1e-7;
    private const double TextTolerance = 2e-5;
    private const double ImageTolerance = 5e-5;
    private const double ConditionTolerance = 5e-5;
    private const double VelocityTolerance = 2e-3;
    private const double LatentTolerance = 1e-3;
    private const double FrameTolerance = 5e-4;

    public static TheoryData<string> Files => FixtureFolder.Matching("pipeline*.safetensors");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void A_whole_run_gives_the_reference_s_values_at_every_step_and_its_frames(string file)
    {
        var ct = TestContext.Current.CancellationToken;
        using var scope = torch.NewDisposeScope();
        using var run = new GoldenRun(file);
        var expected = run.Expected;
        var generation = run.Create(new() { OnTensor = See });

        using var input = run.Input();
        using var conditions = generation.EncodeConditions(input, ct);
        CheckConditions(file, expected, conditions, run.Checkpoint.ExpandTimesteps);

        var latents = generation.Denoise(expected["initial_latents"], conditions, ct);
        Compare.Close(latents, expected["final_latents"], LatentTolerance, $"{file} final_latents");

        var frames = torch.cat([.. generation.Decode(latents, ct)], 2)[0].permute(1, 0, 2, 3) / 2 + 0.5;
        Compare.Close(frames, expected["frames"], FrameTolerance, $"{file} frames");

        void See(int step, string name, torch.Tensor value)
        {
            if (name == "model_input" && step == 0 && expected.Has("first_model_input"))
                Compare.Close(value, expected["first_model_input"], ConditionTolerance, $"{file} first_model_input");
            if (!expected.Has(name))
                return;

            var wanted = expected[name][step];
            Compare.Close(value.reshape(wanted.shape), wanted, ToleranceOf(name), $"{file} {name} of step {step}");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void The_schedule_of_a_run_is_the_reference_s(string file)
    {
        using var run = new GoldenRun(file);
        var schedule = SigmaSchedule.UniPc(run.Settings.NumInferenceSteps, run.Settings.FlowShift);

        Compare.Close(torch.tensor(schedule.Sigmas.ToArray()), run.Expected["sigmas"], SigmaTolerance, $"{file} sigmas");
        Compare.Equal(torch.tensor(schedule.Timesteps.ToArray()), run.Expected["timesteps"], $"{file} timesteps");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void A_request_for_a_run_is_planned_with_the_run_s_settings(string file)
    {
        using var run = new GoldenRun(file);
        var planner = new SettingsPlanner(run.Checkpoint, TestModel.Of() with { Digest = run.Settings.CheckpointDigest }, new());

        planner.Plan(run.Request()).ShouldBe(run.Settings with { Resident = WanResident.Widened });
        Compare.Counted();
    }

    private static void CheckConditions(string file, TensorFile expected, Conditions conditions, bool expandTimesteps)
    {
        Compare.Close(conditions.Frames, expected["condition"], ConditionTolerance, $"{file} condition");
        Compare.Close(conditions.Prompt, expected["prompt_embeds"], TextTolerance, $"{file} prompt_embeds");
        if (conditions.NegativePrompt is not null)
            Compare.Close(conditions.NegativePrompt, expected["negative_prompt_embeds"], TextTolerance, $"{file} negative_prompt_embeds");
        (conditions.Image is not null).ShouldBe(expected.Has("image_embeds"));
        if (conditions.Image is not null)
            Compare.Close(conditions.Image, expected["image_embeds"], ImageTolerance, $"{file} image_embeds");
        expected.Has("first_frame_mask").ShouldBe(expandTimesteps);
    }

    private static double ToleranceOf(string name) => name switch
    {
        "noise_pred" or "noise_pred_cond" or "noise_pred_uncond" => VelocityTolerance,
        "latents_after_step" => LatentTolerance,
        "model_timestep" or "expert" => 0,
        _ => throw new InvalidOperationException($"No tolerance is written down for {name}."),
    };
}
