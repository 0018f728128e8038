using Kinema.Core.Admission;
using Kinema.Core.Keys;
using Kinema.Core.Workers;
using Kinema.TestSupport;
using Kinema.Worker;
using Kinema.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Workers;

/// <summary>How workers come and go.</summary>
public sealed class RemoteWorkerLifeTests
{
    [Fact]
    public async Task A_drained_worker_ends_by_itself_and_the_other_one_goes_on()
    {
        await using var server = await WorkerRig.StartServerAsync();
        var (drained, _) = await StartAsync(server, "first");
        var stop = await WorkerRig.ConnectAsync(server, new PlayedEngine());
        var first = (await ListAsync(server)).Single(w => w.Name == "first");

        (await server.Services.GetRequiredService<IRemoteWorkers>().DrainAsync(first.Id, Ct)).ShouldBeTrue();
        var run = await WorkingServer.WaitForEndAsync(server, await WorkingServer.CreateAsync(server));

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        (await drained.WaitAsync(TimeSpan.FromSeconds(30), Ct)).ShouldBeNull();
        (await ListAsync(server)).ShouldNotContain(w => w.Id == first.Id);
        await stop();
    }

    [Fact]
    public async Task A_worker_whose_key_was_revoked_ends_and_says_why()
    {
        await using var server = await WorkerRig.StartServerAsync();
        var (worker, _) = await StartAsync(server, "first");
        var keys = server.Services.GetRequiredService<IWorkerKeys>();

        await keys.RevokeAsync((await keys.ListAsync(Ct)).Single().Id, Ct);
        await WorkingServer.CreateAsync(server); // ends the long poll

        (await worker.WaitAsync(TimeSpan.FromSeconds(60), Ct)).ShouldNotBeNull().ShouldContain("401 UNAUTHORIZED");
    }

    [Fact]
    public async Task A_worker_with_a_wrong_key_does_not_start()
    {
        await using var server = await WorkerRig.StartServerAsync();

        (await RunAsync(server.Url, server.Caller.Token, "first", Ct)).ShouldNotBeNull().ShouldContain("API key");
    }

    [Fact]
    public async Task Plain_http_to_another_machine_needs_to_be_allowed()
    {
        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => RunAsync(new Uri("http://kinema.example"), "rf_worker_x", "first", Ct));

        refusal.Message.ShouldContain("--insecure");
    }

    private static async Task<(Task<string?> Running, string Key)> StartAsync(TestServer server, string name)
    {
        var key = await WorkerRig.CreateKeyAsync(server);
        var running = RunAsync(server.Url, key, name, Ct);
        while (!running.IsCompleted && (await ListAsync(server)).All(w => w.Name != name))
            await Task.Delay(20, Ct);
        return (running, key);
    }

    private static Task<string?> RunAsync(Uri server, string key, string name, CancellationToken ct) => RemoteWorkerHost.RunAsync(
        services => services
            .AddSingleton<Engines.IVideoEngine>(new PlayedEngine())
            .Configure<RemoteWorkerOptions>(o => (o.Server, o.Key) = (server, key))
            .Configure<WorkerOptions>(o => o.Name = name),
        log => log.ClearProviders(),
        ct);

    private static Task<IReadOnlyList<RegisteredWorker>> ListAsync(TestServer server) => server.Services.GetRequiredService<IWorkerList>().ListAsync(Ct);
}
