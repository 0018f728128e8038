using Kinema.Server.Workers.Child;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Workers;

/// <summary>The worker that a server starts beside itself; a script stands for the program.</summary>
public sealed class ChildWorkerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task It_gets_the_servers_address_the_checkpoint_and_a_key_in_its_environment_and_ends_with_the_server()
    {
        var program = Script($$"""
            echo "$@" > {{_folder.File("arguments")}}
            echo "$KINEMA_WORKER_KEY" > {{_folder.File("key")}}
            cat > /dev/null
            echo gone > {{_folder.File("gone")}}
            """);
        var server = await StartAsync(program);
        var arguments = await ReadAsync("arguments");
        var key = await ReadAsync("key");

        arguments.ShouldStartWith($"worker --with-parent --server {server.Url.AbsoluteUri} --checkpoint {_folder.FullPath} --device cpu --dtype auto");
        arguments.ShouldNotContain("rf_worker_");
        var caller = await server.Services.GetRequiredService<Core.Keys.IWorkerKeys>().AuthenticateAsync(key, Ct);
        caller!.EngineIds.ShouldContain("wan-i2v-a14b");
        await server.DisposeAsync();

        (await ReadAsync("gone")).ShouldBe("gone");
    }

    [Fact]
    public async Task Several_checkpoints_go_to_one_worker()
    {
        var program = Script($"""echo "$@" > {_folder.File("arguments")}; cat > /dev/null""");
        var second = Directory.CreateDirectory(_folder.File("second")).FullName;
        await using var server = await TestServer.StartAsync([$"Wan:Checkpoints:0={_folder.FullPath}", $"Wan:Checkpoints:1={second}", $"Wan:Program={program}"]);

        (await ReadAsync("arguments")).ShouldContain($"--checkpoint {_folder.FullPath} --checkpoint {second} --device cpu");
    }

    [Fact]
    public async Task It_is_started_again_when_it_ends()
    {
        var program = Script($"""
            echo x >> {_folder.File("starts")}
            [ -e {_folder.File("stay")} ] && cat > /dev/null
            exit 7
            """);
        await using var server = await StartAsync(program);
        var child = server.Services.GetRequiredService<ChildWorker>();

        // It fails until this test has seen it, as the message stands only between two starts.
        await UntilAsync(() => child.Problem?.Contains("ended with code 7", StringComparison.Ordinal) is true);
        await File.WriteAllTextAsync(_folder.File("stay"), "", Ct);

        await UntilAsync(() => child.Problem is null && Starts() >= 2);

        int Starts() => File.ReadAllLines(_folder.File("starts")).Length;
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_said_and_the_server_works()
    {
        await using var server = await StartAsync(_folder.File("nothing"));
        var child = server.Services.GetRequiredService<ChildWorker>();

        await UntilAsync(() => child.Problem is not null);

        child.Problem.ShouldNotBeNull().ShouldContain("Wan:Program names");
        (await server.Client.GetAsync("/v1/health", Ct)).EnsureSuccessStatusCode();
    }

    public void Dispose() => _folder.Dispose();

    private Task<TestServer> StartAsync(string program) => TestServer.StartAsync([$"Wan:Checkpoint={_folder.FullPath}", $"Wan:Program={program}"]);

    private string Script(string text)
    {
        var path = _folder.File("kinema-wan");
        File.WriteAllText(path, "#!/bin/sh\n" + text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private async Task<string> ReadAsync(string name)
    {
        await UntilAsync(() => File.Exists(_folder.File(name)) && new FileInfo(_folder.File(name)).Length > 0);
        return (await File.ReadAllTextAsync(_folder.File(name), Ct)).Trim();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(20, limit.Token);
    }
}
