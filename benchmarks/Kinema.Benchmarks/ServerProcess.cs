using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Kinema.Benchmarks;

/// <summary>`kinema serve` as a separate process, with its startup time and idle memory.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri baseAddress, string key, TimeSpan startUp)
    {
        _process = process;
        BaseAddress = baseAddress;
        Key = key;
        StartUp = startUp;
    }

    public Uri BaseAddress { get; }

    public string Key { get; }

    /// <summary>From starting the process to the first answer of /v1/health.</summary>
    public TimeSpan StartUp { get; }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The most that was resident since the process started.</summary>
    public long PeakResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public static async Task<ServerProcess> StartAsync(string dataFolder, IEnumerable<string> settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "kinema.dll"), "serve", "--urls", address.ToString(), "--data", dataFolder])
            info.ArgumentList.Add(argument);
        foreach (var setting in settings)
        {
            info.ArgumentList.Add("--set");
            info.ArgumentList.Add(setting);
        }

        var start = Stopwatch.GetTimestamp();
        var process = Process.Start(info)!;
        var output = new List<string>();
        process.OutputDataReceived += (_, e) => output.Add(e.Data ?? "");
        process.ErrorDataReceived += (_, e) => output.Add(e.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var http = new HttpClient();
        while (!await AnswersAsync(http, address))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(60))
                throw new InvalidOperationException("The server did not start:\n" + string.Join('\n', output));
            await Task.Delay(10);
        }

        var startUp = Stopwatch.GetElapsedTime(start);
        var key = (await File.ReadAllTextAsync(Path.Combine(dataFolder, "first-key"))).Trim();
        return new ServerProcess(process, address, key, startUp);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri address)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(address, "/v1/health"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
