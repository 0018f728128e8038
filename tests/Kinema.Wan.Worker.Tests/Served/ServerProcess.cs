using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Kinema.TestSupport;

namespace Kinema.Wan.Worker.Tests.Served;

/// <summary><c>kinema serve</c> as a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public HttpClient Client { get; private set; } = null!;

    public string Log => string.Join('\n', _log);

    public static async Task<ServerProcess> StartAsync(CancellationToken ct, params IEnumerable<string> settings)
    {
        var program = Repository.File("src", "Kinema.Cli", "bin", "Release", "net10.0", "kinema.dll");
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", ["exec", program, "serve", "--json", "--urls", url]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var server = new ServerProcess(new Process { StartInfo = start });
        foreach (var argument in new[] { "--data", server._data.FullPath }.Concat(settings.Append("Server:MinFreeBytes=0").SelectMany(setting => new[] { "--set", setting })))
            start.ArgumentList.Add(argument);

        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        server._process.OutputDataReceived += (_, line) => server.Hear(line.Data, listening);
        server._process.ErrorDataReceived += (_, line) => server._log.Enqueue(line.Data ?? "");
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        var keyFile = await listening.Task.WaitAsync(TimeSpan.FromMinutes(1), ct);
        server.Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(5) };
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(keyFile, ct)).Trim());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _data.Dispose();
    }

    private void Hear(string? line, TaskCompletionSource<string> listening)
    {
        _log.Enqueue(line ?? "");
        if (line?.StartsWith('{') == true && JsonNode.Parse(line)?["first_key_file"] is { } file)
            listening.TrySetResult(file.GetValue<string>());
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        return ((System.Net.IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
