using Kinema.Core.Keys;
using Kinema.Engines;
using Kinema.TestSupport;
using Kinema.Worker;
using Kinema.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Kinema.Server.Tests.Workers;

/// <summary>A server and one worker with an engine: in the server's process, or behind the worker protocol.</summary>
internal sealed class WorkerRig(TestServer server, Func<Task> stopWorker) : IAsyncDisposable
{
    public TestServer Server => server;

    public static Task<WorkerRig> InProcessAsync(IVideoEngine engine, params string[] settings) => InProcessAsync(engine, _ => { }, settings);

    /// <param name="engine">The engine.</param>
    /// <param name="replace">Replaces other services.</param>
    /// <param name="settings">Settings of the server.</param>
    public static async Task<WorkerRig> InProcessAsync(IVideoEngine engine, Action<IServiceCollection> replace, params string[] settings) => new(
        await TestServer.StartAsync(settings, builder =>
        {
            builder.Services.RemoveAll<IVideoEngine>();
            builder.Services.AddSingleton(engine);
            replace(builder.Services);
        }),
        () => Task.CompletedTask);

    public static async Task<WorkerRig> RemoteAsync(IVideoEngine engine, params string[] settings)
    {
        var server = await StartServerAsync(settings);
        var stop = await ConnectAsync(server, engine);
        return new(server, stop);
    }

    /// <summary>A server that has no engine of its own.</summary>
    public static Task<TestServer> StartServerAsync(params string[] settings) =>
        TestServer.StartAsync(["Worker:Enabled=false", "Worker:PollMilliseconds=50", .. settings], builder => builder.Services.RemoveAll<IVideoEngine>());

    public static async Task<string> CreateKeyAsync(TestServer server, params IReadOnlyList<string> engines) =>
        (await server.Services.GetRequiredService<IWorkerKeys>().CreateAsync(new NewWorkerKey("test", engines.Count == 0 ? ["motion"] : engines, ExpiresAt: null), CancellationToken.None)).Token;

    /// <summary>Starts a worker in this process, and returns what stops it once it is registered.</summary>
    public static async Task<Func<Task>> ConnectAsync(TestServer server, IVideoEngine engine, Func<string, string?>? environment = null)
    {
        var key = await CreateKeyAsync(server);
        var scratch = new TemporaryFolder();
        var stop = new CancellationTokenSource();
        var running = RemoteWorkerHost.RunAsync(
            services => services
                .AddSingleton(engine)
                .AddWorkerTelemetry(environment ?? (_ => null))
                .Configure<RemoteWorkerOptions>(o => (o.Server, o.Key, o.ScratchFolder) = (server.Url, key, scratch.FullPath))
                .Configure<WorkerOptions>(o => o.Concurrency = 2),
            log => log.ClearProviders(),
            stop.Token);
        var directory = server.Services.GetRequiredService<Core.Admission.IWorkerDirectory>();
        while (!running.IsCompleted && !(await directory.ReadEnginesAsync(CancellationToken.None)).ContainsKey(engine.Descriptor.Id))
            await Task.Delay(20);

        return async () =>
        {
            await stop.CancelAsync();
            (await running).ShouldBeNull();
            Directory.GetDirectories(scratch.FullPath).ShouldBeEmpty();
            scratch.Dispose();
            stop.Dispose();
        };
    }

    public async ValueTask DisposeAsync()
    {
        await stopWorker();
        await server.DisposeAsync();
    }
}
