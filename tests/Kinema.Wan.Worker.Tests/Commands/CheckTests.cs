namespace Kinema.Wan.Worker.Tests.Commands;

public sealed class CheckTests
{
    [Fact]
    public async Task It_checks_the_arithmetic_and_says_what_a_whole_video_takes()
    {
        using var checkpoint = new TinyCheckpoint(TinyCheckpoint.Any);

        var found = await WanCli.JsonAsync(checkpoint.WorkingDirectory, "check", "checkpoint", "--area", "6144", "--frames", "5", "--steps", "3", "--threads", "1");

        found.GetProperty("arithmetic").GetProperty("passed").GetBoolean().ShouldBeTrue();
        var speed = found.GetProperty("speed");
        speed.GetProperty("settings").GetProperty("num_inference_steps").GetInt32().ShouldBe(3);
        var (steps, step, expected) = (speed.GetProperty("default_settings").GetProperty("num_inference_steps").GetInt32(), Seconds("step"), Seconds("expected"));
        step.ShouldBeGreaterThan(0);
        // A whole video is larger and has more steps.
        expected.ShouldBeGreaterThan(steps * step);

        double Seconds(string name) => speed.GetProperty($"{name}_seconds").GetDouble();
    }

    [Fact]
    public async Task The_report_for_people_has_both_parts()
    {
        using var checkpoint = new TinyCheckpoint(TinyCheckpoint.Any);

        var (code, text, error) = await WanCli.RunAsync(checkpoint.WorkingDirectory, "check", "checkpoint", "--area", "6144", "--frames", "5", "--steps", "2", "--threads", "1");

        code.ShouldBe(0, error);
        foreach (var part in (string[])["Arithmetic on ", "convolution", "Speed of ", "TFLOP/s", "expected", "once loaded"])
            text.ShouldContain(part);
        foreach (var phase in (string[])["loading", "encoding text", "encoding image", "denoising", "decoding"])
            error.ShouldContain(phase);
    }
}
