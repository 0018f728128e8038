using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kinema.Playground.Tests;

/// <summary><c>kinema serve</c> as a process of its own, which can be killed.</summary>
internal sealed class ServerProcess
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri url, string key)
    {
        _process = process;
        Url = url;
        Key = key;
    }

    public Uri Url { get; }

    public string Key { get; }

    /// <param name="dataFolder">Its data folder.</param>
    /// <param name="url">Its address; a free one if null.</param>
    public static async Task<ServerProcess> StartAsync(string dataFolder, Uri? url = null)
    {
        url ??= new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "kinema.dll"), "serve", "--urls", url.GetLeftPart(UriPartial.Authority), "--data", dataFolder, "--set", "Server:MinFreeBytes=0",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(url, "/v1/health"));
                break;
            }
            catch (HttpRequestException) when (!process.HasExited && Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1))
            {
                await Task.Delay(50);
            }
        }

        return new(process, url, (await File.ReadAllTextAsync(Path.Combine(dataFolder, "first-key"))).Trim());
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
