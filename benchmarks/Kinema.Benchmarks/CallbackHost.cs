using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace Kinema.Benchmarks;

/// <summary>Answers every callback with 200 and says when a run's first one came.</summary>
internal sealed class CallbackHost : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<bool>> _arrivals = [];

    public CallbackHost()
    {
        Url = new Uri($"http://127.0.0.1:{ServerProcess.FreePort()}/");
        _listener.Prefixes.Add(Url.AbsoluteUri);
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Url { get; }

    public Task<bool> ArrivalOfAsync(string runId) => Arrival(runId).Task;

    public void Dispose() => _listener.Close();

    private TaskCompletionSource<bool> Arrival(string runId) =>
        _arrivals.GetOrAdd(runId, _ => new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
                Arrival(body.RootElement.GetProperty("run_id").GetString()!).TrySetResult(true);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
