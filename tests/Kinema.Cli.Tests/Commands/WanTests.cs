using System.Runtime.Versioning;

namespace Kinema.Cli.Tests.Commands;

/// <summary><c>kinema wan</c> starts another program; a script stands in for it.</summary>
[SupportedOSPlatform("linux")]
public sealed class WanTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Every_argument_goes_to_the_program_and_its_exit_code_comes_back()
    {
        var program = Script("printf '%s\\n' \"$@\" > \"$(dirname \"$0\")/arguments\"; exit 7");
        _cli.Environment["KINEMA_WAN_WORKER"] = program;

        var result = await _cli.RunAsync("wan", "inspect", "a folder", "--json", "--help", "@file");

        result.Code.ShouldBe(7);
        (await File.ReadAllLinesAsync(Path.Combine(_cli.Directory, "arguments"), TestContext.Current.CancellationToken)).ShouldBe(["inspect", "a folder", "--json", "--help", "@file"]);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_program_too()
    {
        var program = Script("trap 'exit 130' TERM; touch \"$(dirname \"$0\")/ready\"; while :; do sleep 0.1; done");
        _cli.Environment["KINEMA_WAN_WORKER"] = program;
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = _cli.RunAsync(interrupt.Token, "wan", "run");
        while (!File.Exists(Path.Combine(_cli.Directory, "ready")))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await interrupt.CancelAsync();

        (await running).Code.ShouldBe(130);
    }

    [Fact]
    public async Task Without_the_program_the_message_says_where_it_belongs()
    {
        (await _cli.RunAsync("wan", "inspect")).ShouldRefuse(3, "kinema-wan is not installed: put it beside kinema or into a folder wan there, or name it with KINEMA_WAN_WORKER");

        _cli.Environment["KINEMA_WAN_WORKER"] = "no-such";
        (await _cli.RunAsync("wan", "inspect")).ShouldRefuse(3, $"KINEMA_WAN_WORKER names {Path.Combine(_cli.Directory, "no-such")}, which does not exist");
    }

    private string Script(string body)
    {
        var path = Path.Combine(_cli.Directory, "kinema-wan");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
