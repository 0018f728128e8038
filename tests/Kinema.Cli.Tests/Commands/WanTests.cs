using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Kinema.TestSupport;

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

    [Fact]
    public async Task A_replay_of_a_run_gets_its_record_picture_and_video_as_files()
    {
        var run = await _cli.JsonAsync("run", Samples.Photograph("cat"), "--prompt", "slow push in", "--duration", "2", "--resolution", "720p", "-o", "first.mp4");
        var id = run.GetProperty("run").GetProperty("id").GetString()!;
        _cli.Environment["KINEMA_WAN_WORKER"] = Script("""
            here=$(dirname "$0")
            printf '%s\n' "$@" > "$here/arguments"
            cp "$2" "$here/record"; cp "$3" "$here/picture"
            for last; do :; done; cp "$last" "$here/video"
            """);

        var result = await _cli.RunAsync("wan", "replay", id, "--checkpoint", "weights");

        result.Code.ShouldBe(0, result.Error);
        var arguments = await File.ReadAllLinesAsync(Path.Combine(_cli.Directory, "arguments"), TestContext.Current.CancellationToken);
        arguments[3..5].ShouldBe(["--checkpoint", "weights"]);
        arguments[^2].ShouldBe("--against");
        var record = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_cli.Directory, "record"), TestContext.Current.CancellationToken))!;
        ((string?)record["input"]!["prompt"], (string?)record["model_data"]!["engine"]).ShouldBe(("slow push in", "motion"));
        Bytes("picture").ShouldBe(File.ReadAllBytes(Samples.Photograph("cat")));
        Bytes("video").ShouldBe(Bytes("first.mp4"));
        File.Exists(arguments[1]).ShouldBeFalse("the files are removed");

        byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(_cli.Directory, name));
    }

    [Fact]
    public async Task A_replay_of_a_run_that_is_not_there_says_so()
    {
        _cli.Environment["KINEMA_WAN_WORKER"] = Script("exit 9");

        (await _cli.RunAsync("wan", "replay", "0199b6a5-0000-7000-8000-000000000000")).ShouldRefuse(3, "0199b6a5-0000-7000-8000-000000000000");
    }

    private string Script(string body)
    {
        var path = Path.Combine(_cli.Directory, "kinema-wan");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
