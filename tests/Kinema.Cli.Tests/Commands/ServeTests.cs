using System.Text.Json;
using Kinema.Cli.Remote;
using Kinema.Client;
using Kinema.TestSupport;

namespace Kinema.Cli.Tests.Commands;

/// <summary>The real server in its own process, and the commands that talk to it.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly Cli _cli = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_first_start_keeps_one_key_in_a_private_file_and_never_prints_it_into_a_pipe()
    {
        using var server = KinemaProcess.Start(_cli.Directory, "serve", "--urls", "http://127.0.0.1:0", "--data", "data");
        var lines = new List<string>();
        do
            lines.Add(await server.ReadLineAsync(Ct));
        while (!lines[^1].Contains("Ctrl+C", StringComparison.Ordinal));
        server.Signal("TERM");
        var end = await server.EndAsync(Ct);

        var file = Path.Combine(_cli.Data, "first-key");
        var key = (await File.ReadAllTextAsync(file, Ct)).Trim();
        new FileInfo(file).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        lines.ShouldContain(l => l.Contains("data/first-key", StringComparison.Ordinal));
        string.Join('\n', [.. lines, end.Output, end.Error]).ShouldNotContain(key);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_stops_the_server_within_five_seconds_with_exit_code_0(string signal)
    {
        using var server = KinemaProcess.Start(_cli.Directory, "serve", "--urls", "http://127.0.0.1:0", "--data", "data", "--json");
        await server.ReadLineAsync(Ct);

        server.Signal(signal);
        var end = await server.EndAsync(Ct).WaitAsync(TimeSpan.FromSeconds(5), Ct);

        end.Code.ShouldBe(0, end.Error);
    }

    [Fact]
    public async Task The_commands_work_beside_a_running_server_and_a_second_server_is_refused()
    {
        using var server = KinemaProcess.Start(_cli.Directory, "serve", "--urls", "http://127.0.0.1:0", "--data", "data", "--json");
        var url = JsonElement.Parse(await server.ReadLineAsync(Ct)).GetProperty("urls")[0].GetString()!;

        var key = (await _cli.JsonAsync("keys", "create", "--data", "data")).GetProperty("key").GetString()!;
        using var http = ServerConnection.CreateHttp(new Uri(url));
        var runs = await new KinemaClient(http, new() { ApiKey = key }).ListRunsAsync().GetPageAsync(Ct);
        var second = await _cli.RunAsync("serve", "--urls", "http://127.0.0.1:0", "--data", "data");

        runs.Items.ShouldBeEmpty();
        second.ShouldRefuse(1, "Talk to it with --server and --key");
    }

    [Fact]
    public async Task A_photograph_becomes_a_video_on_a_running_server()
    {
        using var server = KinemaProcess.Start(_cli.Directory, "serve", "--urls", "http://127.0.0.1:0", "--data", "data", "--json");
        _cli.Environment["KINEMA_SERVER"] = JsonElement.Parse(await server.ReadLineAsync(Ct)).GetProperty("urls")[0].GetString()!;
        _cli.Environment["KINEMA_KEY"] = (await File.ReadAllTextAsync(Path.Combine(_cli.Data, "first-key"), Ct)).Trim();

        var json = await _cli.JsonAsync("run", Samples.Photograph("coffee"), "--prompt", "push in", "--duration", "2", "--resolution", "720p", "--seed", "7", "-o", "out.mp4");
        var refused = await _cli.RunAsync("run", Samples.Photograph("coffee"), "--duration", "99");

        var run = json.GetProperty("run");
        run.GetProperty("cost").GetString().ShouldBe("0.20");
        run.GetProperty("output").GetProperty("seed").GetInt64().ShouldBe(7);
        var video = await Ffprobe.ReadVideoAsync(Path.Combine(_cli.Directory, "out.mp4"), Ct);
        video["nb_read_frames"]!.GetValue<string>().ShouldBe("60");
        refused.ShouldRefuse(2, "input.duration must be an integer from 2 to 15 (seconds); got 99");
    }

    [Fact]
    public async Task Without_a_server_one_is_embedded_for_the_time_of_the_call()
    {
        var result = await _cli.RunAsync("run", Samples.Photograph("cat"), "--duration", "2", "--resolution", "720p", "--data", "data");

        result.Code.ShouldBe(0, result.Error);
        result.Output.Trim().ShouldBe("cat-451x300.mp4");
        (await _cli.JsonAsync("keys", "list", "--data", "data")).GetProperty("items").GetArrayLength().ShouldBe(1, "the first key is used, no other is made");
    }

    [Fact]
    public async Task An_embedded_server_without_a_first_key_borrows_one_and_revokes_it()
    {
        await _cli.JsonAsync("orgs", "create", "a", "--data", "data");

        var result = await _cli.RunAsync("run", Samples.Photograph("cat"), "--duration", "99", "--data", "data");

        result.ShouldRefuse(2, "input.duration");
        var keys = (await _cli.JsonAsync("keys", "list", "--data", "data")).GetProperty("items").EnumerateArray();
        keys.Select(k => k.GetProperty("name").GetString()).ShouldBe(["one command"]);
        (await _cli.RunAsync("keys", "list", "--data", "data")).Output.ShouldContain("revoked");
    }

    [Fact]
    public async Task An_interrupted_process_cancels_its_run_and_ends_with_130()
    {
        using var run = KinemaProcess.Start(_cli.Directory, "run", Samples.Photograph("rocket"), "--duration", "15", "--data", "data");
        await WaitForRunAsync();

        run.Signal("INT");
        var end = await run.EndAsync(Ct);

        end.ShouldEnd(130, "asked the server to cancel run");
        Directory.EnumerateFiles(_cli.Directory).ShouldBeEmpty();
    }

    // The run is under way once its asset has been stored and a worker has made its scratch folder.
    private async Task WaitForRunAsync()
    {
        var scratch = Path.Combine(_cli.Data, "scratch");
        while (!Directory.Exists(scratch) || !Directory.EnumerateFileSystemEntries(scratch).Any())
            await Task.Delay(50, Ct);
    }
}
