namespace Kinema.Cli.Tests.Commands;

/// <summary>The doctor says what stands in the way of serving, and what to do about it.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_working_machine_passes_all_checks()
    {
        var report = await _cli.JsonAsync("doctor", "--data", "data", "--url", "http://127.0.0.1:0", "--set", "Server:MinFreeBytes=0");

        report.GetProperty("ok").GetBoolean().ShouldBeTrue();
        report.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("name").GetString())
            .ShouldBe(["runtime", "settings", "ffmpeg", "safety", "prompts", "telemetry", "data folder", "disk", "port"]);
    }

    [Fact]
    public async Task A_missing_encoder_is_named_with_the_command_that_installs_it()
    {
        var end = await _cli.RunAsync("doctor", "--data", "data", "--set", "Media:FfmpegPath=no-such-program");

        end.Code.ShouldBe(ExitCodes.Failed);
        end.Output.ShouldContain("no-such-program");
        end.Output.ShouldContain("apt-get install -y ffmpeg");
    }

    [Fact]
    public async Task An_invalid_setting_is_named()
    {
        var end = await _cli.RunAsync("doctor", "--data", "data", "--set", "Runs:LeaseSeconds=0");

        end.Code.ShouldBe(ExitCodes.Failed);
        end.Output.ShouldContain("Runs:LeaseSeconds must be from 2 to 3600; got 0");
    }

    [Fact]
    public async Task A_provider_is_asked_only_on_request_and_what_is_spent_there_is_said()
    {
        string[] settings = ["--set", "Hosted:DashScope:ApiKey=sk-x", "--set", "Hosted:DashScope:BaseUrl=http://127.0.0.1:9", "--set", "Hosted:MaxSpendPerDay=20"];
        (await _cli.RunAsync(["doctor", "--data", "data", "--url", "http://127.0.0.1:0", .. settings])).Output.ShouldNotContain("dashscope");

        var end = await _cli.RunAsync(["doctor", "--data", "data", "--url", "http://127.0.0.1:0", "--engines", .. settings]);

        end.Code.ShouldBe(ExitCodes.Failed);
        end.Output.ShouldContain("wan2.7-i2v at 127.0.0.1: the provider may not be connected to");
        end.Output.ShouldContain("$0.00 today, of $20.00");
        end.Output.ShouldNotContain("sk-x");
    }
}
