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

    /// <summary>Resident memory that is no page of a file, which processes share and the system can drop.</summary>
    public long PrivateBytes => File.ReadLines($"/proc/{_process.Id}/status")
        .Where(line => line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal))
        .Sum(line => 1024 * long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(), System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The most that was resident since the process started.</summary>
    public long PeakResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>The build beside this program.</summary>
    public static string ThisBuild { get; } = Path.Combine(AppContext.BaseDirectory, "kinema.dll");

    /// <summary>Starts a server and waits for its first answer.</summary>
    /// <param name="dataFolder">Its data folder.</param>
    /// <param name="settings">Settings, as <c>--set</c> takes them.</param>
    /// <param name="program">A build's kinema.dll or executable; null for <see cref="ThisBuild"/>.</param>
    public static async Task<ServerProcess> StartAsync(string dataFolder, IEnumerable<string> settings, string? program = null)
    {
        program ??= ThisBuild;
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var info = new ProcessStartInfo(program.EndsWith(".dll", StringComparison.Ordinal) ? "dotnet" : program) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (info.FileName == "dotnet")
        {
            info.ArgumentList.Add("exec");
            info.ArgumentList.Add(program);
        }

        foreach (var argument in (string[])["serve", "--urls", address.ToString(), "--data", dataFolder])
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

    /// <summary>A port of the loopback address that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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
}
