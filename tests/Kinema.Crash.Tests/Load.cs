using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;

namespace Kinema.Crash.Tests;

/// <summary>A few callers who create runs as long as a server is there, and note every 201 they get.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Callers = 3;

    /// <summary>Runs on their way; more would only wait.</summary>
    private const int MostWaiting = 24;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(60);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Guid, byte> _noted = new();
    private readonly FileServer _pictures;
    private readonly CallbackReceiver _receiver;
    private readonly Task _callers;
    private volatile Uri? _target;

    public Load(FileServer pictures, CallbackReceiver receiver)
    {
        _pictures = pictures;
        _receiver = receiver;
        _callers = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync)));
    }

    /// <summary>Ids of the runs whose 201 was received.</summary>
    public IReadOnlyCollection<Guid> Noted => [.. _noted.Keys];

    /// <summary>Any answer but 201, as a reader of the test's failure wants to see it.</summary>
    public ConcurrentQueue<string> Surprises { get; } = new();

    /// <summary>Address of the server; null while none runs.</summary>
    public void Aim(Uri? server, string? key = null)
    {
        if (key is not null)
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _target = server;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _callers;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task CallAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (_target is { } target && _noted.Count - _receiver.Requests.Count < MostWaiting)
                await CreateAsync(target);
            await Task.Delay(_pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CreateAsync(Uri target)
    {
        try
        {
            var body = new JsonObject
            {
                ["input"] = new JsonObject { ["prompt"] = "slow push in", ["image_url"] = _pictures.For("cat-451x300.png").AbsoluteUri, ["duration"] = 2, ["resolution"] = "720p" },
                ["callback_url"] = _receiver.Url.AbsoluteUri,
            };
            using var answer = await _client.PostAsJsonAsync(new Uri(target, "/v1/models/alibaba/wan/v2.7/image-to-video/runs"), body);
            if (answer.StatusCode != HttpStatusCode.Created)
            {
                Surprises.Enqueue($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                return;
            }

            var run = await answer.Content.ReadFromJsonAsync<JsonObject>();
            _noted[run!["id"]!.GetValue<Guid>()] = 0;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            // The server crashed during the call, so nothing was acknowledged.
        }
    }
}
