using System.Net;
using Kinema.TestSupport;

namespace Kinema.Crash.Tests;

/// <summary>A server without a worker of its own, a network that can be cut, and workers in processes of their own.</summary>
internal sealed class RemoteTrial(Trial trial, Relay relay, int leaseSeconds) : IAsyncDisposable
{
    private readonly TemporaryFolder _scratch = new();
    private HostProcess? _server;
    private string _key = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Trial Trial => trial;

    public Relay Network => relay;

    public HostProcess Server => _server!;

    public static async Task<RemoteTrial> BeginAsync(int leaseSeconds, IPAddress? address = null)
    {
        var remote = new RemoteTrial(await Trial.BeginAsync(), new Relay(address), leaseSeconds);
        await remote.StartServerAsync();
        return remote;
    }

    /// <summary>Starts the server, or starts it again on what the last one left.</summary>
    public async Task StartServerAsync()
    {
        _server = await trial.StartAsync(frameMilliseconds: 1, settings: ["Worker:Enabled=false", "Worker:ReapSeconds=1", "Server:AllowedHosts:0=*", $"Runs:LeaseSeconds={leaseSeconds}"]);
        relay.Aim((await _server.Listening)!);
        _key = _server.WorkerKey!;
    }

    public async Task KillServerAsync()
    {
        trial.Load.Aim(null);
        await Server.DisposeAsync();
        _server = null;
    }

    /// <summary>Lets a server with a worker of its own finish what is left, and adds up.</summary>
    public async Task ShouldAddUpAsync()
    {
        await KillServerAsync();
        await trial.SettleAsync();
        await trial.ShouldAddUpAsync();
    }

    public HostProcess StartWorker(int frameMilliseconds, params IReadOnlyList<string> wrapper) =>
        HostProcess.StartWorker(relay.Url, _key, _scratch.FullPath, frameMilliseconds, wrapper);

    /// <summary>Waits until a run is being made, and stops the callers; the runs that are there go on.</summary>
    public async Task<RunLine> WaitForRunningAsync(params IEnumerable<HostProcess> workers)
    {
        var run = await WaitAsync(runs => runs.FirstOrDefault(r => r.Status == "running"), workers);
        await trial.Load.StopAsync();
        return run;
    }

    public async Task<RunLine> WaitForEndAsync(string id, params IEnumerable<HostProcess> workers) =>
        await WaitAsync(runs => runs.FirstOrDefault(r => r.Id == id && r.Ends > 0), workers);

    public async Task<RunLine> FindAsync(string id) => (await trial.Books.RunsAsync()).Single(r => r.Id == id);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        await relay.DisposeAsync();
        await trial.DisposeAsync();
        _scratch.Dispose();
    }

    private async Task<RunLine> WaitAsync(Func<IReadOnlyList<RunLine>, RunLine?> find, IEnumerable<HostProcess> workers)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(4));
        while (true)
        {
            var runs = await trial.Books.RunsAsync();
            if (find(runs) is { } run)
                return run;

            if (limit.IsCancellationRequested)
                throw new TimeoutException($"It did not happen in time.\n{string.Join('\n', runs)}\nThe server says:\n{_server?.Log}\nThe workers say:\n{string.Join("\n--\n", workers.Select(w => w.Log))}");
            await Task.Delay(100, Ct);
        }
    }
}
