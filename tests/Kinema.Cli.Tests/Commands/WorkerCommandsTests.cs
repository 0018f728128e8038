using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Core.Workers;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Cli.Tests.Commands;

/// <summary>Worker keys and workers, on the data folder of a running server.</summary>
public sealed class WorkerCommandsTests : IAsyncLifetime
{
    private readonly Cli _cli = new();
    private TestServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cli.Environment["KINEMA_DATA"] = _cli.Data;
        _server = await TestServer.StartIdleAsync(dataFolder: _cli.Data);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _cli.Dispose();
    }

    [Fact]
    public async Task A_worker_key_is_printed_alone_and_opens_the_running_server()
    {
        var result = await _cli.RunAsync("keys", "create", "--worker", "--engine", "wan", "--engine", "motion", "--name", "gpu", "--expires", "2h");

        result.Code.ShouldBe(0, result.Error);
        result.Output.Trim().ShouldMatch("^rf_worker_[a-z0-9]+$");
        result.Error.ShouldContain("for wan, motion. It is shown this once");
        var key = (await _server.Services.GetRequiredService<IWorkerKeys>().AuthenticateAsync(result.Output.Trim(), Ct)).ShouldNotBeNull();
        key.Name.ShouldBe("gpu");
        key.EngineIds.ShouldBe(["wan", "motion"]);
        (key.ExpiresAt - key.CreatedAt).ShouldNotBeNull().ShouldBe(TimeSpan.FromHours(2), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Worker_keys_are_listed_without_their_text_and_revoked()
    {
        await _server.AddCallerAsync("a second organisation");
        var made = await _cli.JsonAsync("keys", "create", "--worker", "--engine", "wan");
        var id = made.GetProperty("id").GetString()!;

        var listed = await _cli.JsonAsync("keys", "list", "--worker");
        var both = await _cli.RunAsync("keys", "list", "--org", "a second organisation");
        await _cli.JsonAsync("keys", "revoke", id);
        var table = await _cli.RunAsync("keys", "list", "--worker");

        listed.TryGetProperty("items", out _).ShouldBeFalse();
        listed.GetProperty("worker_keys")[0].GetProperty("engine_ids")[0].GetString().ShouldBe("wan");
        listed.GetRawText().ShouldNotContain(made.GetProperty("key").GetString()!);
        both.Output.ShouldContain("rf_live_");
        both.Output.ShouldContain(made.GetProperty("prefix").GetString()!);
        table.Output.ShouldContain("revoked");
        table.Output.ShouldNotContain("rf_live_");
        (await _server.Services.GetRequiredService<IWorkerKeys>().AuthenticateAsync(made.GetProperty("key").GetString()!, Ct)).ShouldBeNull();
        (await _cli.RunAsync("keys", "revoke", id, "--org", "a second organisation")).ShouldRefuse(3, "no live worker key");
    }

    [Fact]
    public async Task Workers_are_listed_with_where_they_are_and_drained()
    {
        var remote = await RegisterRemoteAsync();

        (await _cli.JsonAsync("workers", "drain", remote.ToString())).GetProperty("draining").GetBoolean().ShouldBeTrue();
        var items = (await _cli.JsonAsync("workers", "list")).GetProperty("items");
        var table = await _cli.RunAsync("workers", "list");

        items.EnumerateArray().Select(w => (w.GetProperty("name").GetString(), w.GetProperty("where").GetString(), w.GetProperty("draining").GetBoolean()))
            .ShouldBe([("test", "here", false), ("gpu", "remote", true)]);
        var listed = items[1];
        (listed.GetProperty("capacity").GetInt32(), listed.GetProperty("active").GetInt32(), listed.GetProperty("silent").GetInt32()).ShouldBe((2, 0, 0));
        listed.GetProperty("engines")[0].GetString().ShouldBe("wan");
        listed.GetProperty("version").GetString().ShouldBe("0.9.0");
        listed.GetProperty("heard_at").GetDateTimeOffset().ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        table.Output.ShouldContain(remote.ToString());
        table.Output.ShouldContain("draining");
        (await _server.Services.GetRequiredService<IRemoteWorkers>().FindAsync(remote, Ct)).ShouldNotBeNull().Draining.ShouldBeTrue();
        (await _cli.RunAsync("workers", "drain", Guid.Empty.ToString())).ShouldRefuse(3, "there is no worker");
    }

    [Fact]
    public async Task The_name_of_a_worker_does_not_command_the_terminal()
    {
        await RegisterRemoteAsync(name: "gpu\u001b]0;title\u0007");

        var table = await _cli.RunAsync("workers", "list");

        table.Output.ShouldContain("gpu\uFFFD]0;title\uFFFD");
    }

    private async Task<Guid> RegisterRemoteAsync(string name = "gpu")
    {
        var (key, _) = await _server.Services.GetRequiredService<IWorkerKeys>().CreateAsync(new("gpu", ["wan"], null), Ct);
        var engine = new TestEngine(TimeSpan.Zero, TimeProvider.System).Descriptor with { Id = "wan" };
        var worker = new WorkerRegistration(Guid.CreateVersion7(), _server.Services.GetRequiredService<IStore>().InstanceId, name, 2, [engine]) { Remote = new(key.Id, 1, "0.9.0") };
        (await _server.Services.GetRequiredService<IWorkerLedger>().RegisterAsync(worker, Ct)).ShouldBeTrue();
        return worker.WorkerId;
    }
}
