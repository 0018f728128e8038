using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Kinema.TestSupport;

/// <summary><c>kinema serve</c> as a process of its own, with a client that has its first key.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<string> _log = new();
    private readonly Process _process;

    private ServerProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5) };
    }

    public Uri Url { get; }

    public int Id => _process.Id;

    public string Key { get; private set; } = "";

    public HttpClient Client { get; }

    /// <summary>The log of the process.</summary>
    public string Log => string.Join('\n', _log);

    /// <param name="dataFolder">Its data folder.</param>
    /// <param name="settings">Settings, as <c>--set</c> takes them.</param>
    /// <param name="ct">Ends the wait for its first answer.</param>
    /// <param name="url">Its address; a free one if null.</param>
    /// <param name="environment">What it gets in its environment, with all that it starts.</param>
    public static async Task<ServerProcess> StartAsync(
        string dataFolder, IEnumerable<string> settings, CancellationToken ct, Uri? url = null, params IEnumerable<(string Name, string Value)> environment)
    {
        url ??= new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        string[] command = ["exec", Repository.File("src", "Kinema.Cli", "bin", "Release", "net10.0", "kinema.dll"), "serve", "--urls", url.GetLeftPart(UriPartial.Authority), "--data", dataFolder];
        var set = settings.Append("Server:MinFreeBytes=0").SelectMany(setting => new[] { "--set", setting });
        var start = new ProcessStartInfo("dotnet", [.. command, .. set]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var server = new ServerProcess(new Process { StartInfo = start }, url);
        server._process.OutputDataReceived += (_, line) => server._log.Enqueue(line.Data ?? "");
        server._process.ErrorDataReceived += (_, line) => server._log.Enqueue(line.Data ?? "");
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            await server.AnswersAsync(ct);
            server.Key = (await File.ReadAllTextAsync(Path.Combine(dataFolder, "first-key"), ct)).Trim();
        }
        catch
        {
            await server.KillAsync();
            throw;
        }

        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        return server;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await DisposeAsync();
    }

    /// <summary>Ends it in order, by SIGTERM; by force when that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync();
            using var limit = new CancellationTokenSource(_patience);
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Client.Dispose();
    }

    private async Task AnswersAsync(CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await Client.GetAsync(new Uri("/v1/health", UriKind.Relative), ct);
                return;
            }
            catch (HttpRequestException e)
            {
                if (_process.HasExited || Stopwatch.GetElapsedTime(began) > _patience)
                    throw new InvalidOperationException($"The server did not start:\n{Log}", e);
                await Task.Delay(20, ct);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
