using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Kinema.Benchmarks;

/// <summary>First callback attempts of one organization, alone and beside another's deliveries to an endpoint that never answers.</summary>
internal static class CallbackBenchmark
{
    private const int Hanging = 1000;
    private const int Measured = 200;
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(50);

    private static readonly string[] _settings = [.. HttpBenchmark.Settings, "Outbound:Callbacks:Allow:0=127.0.0.0/8"];

    public static async Task RunAsync(TextWriter report)
    {
        using var folder = new TemporaryFolder();
        using var silent = new SilentHost();
        using var receiver = new CallbackHost();
        var data = Path.Combine(folder.Path, "data");
        await using var server = await ServerProcess.StartAsync(data, _settings);
        using var one = ClientOf(server, server.Key);
        using var other = ClientOf(server, await NewKeyAsync(data));
        // Every further run stays queued, so that a cancellation ends it at once and its callback is due.
        await HttpBenchmark.CreateAsync(one, Workload.BodyWith(silent.Picture));

        await report.WriteLineAsync("| deliveries of another organization that hang | first attempt p50 | first attempt p99 |");
        await report.WriteLineAsync("|---:|---:|---:|");
        await MeasureAsync(other, receiver);
        await WriteAsync(report, 0, await MeasureAsync(other, receiver));
        await Load.RunAsync(8, Hanging, _ => EndAsync(one, silent.Picture));
        await WriteAsync(report, Hanging, await MeasureAsync(other, receiver));
    }

    private static Task WriteAsync(TextWriter report, int hanging, Samples attempts) => report.WriteLineAsync(
        FormattableString.Invariant($"| {hanging} | {attempts.Percentile(.5):0} ms | {attempts.Percentile(.99):0} ms |"));

    /// <summary>From the answer to the request that ends a run to its callback's arrival.</summary>
    private static async Task<Samples> MeasureAsync(HttpClient http, CallbackHost receiver)
    {
        var samples = new Samples();
        var pending = new List<Task>();
        using var timer = new PeriodicTimer(_between);
        for (var i = 0; i < Measured && await timer.WaitForNextTickAsync(); i++)
            pending.Add(samples.MeasureAsync(async () => await receiver.ArrivalOfAsync(await EndAsync(http, receiver.Url))));
        await Task.WhenAll(pending).WaitAsync(TimeSpan.FromMinutes(5));
        return samples;
    }

    /// <returns>Id of a run that has ended and whose callback goes there.</returns>
    private static async Task<string> EndAsync(HttpClient http, Uri callbackUrl)
    {
        var body = Workload.Body.TrimEnd()[..^1] + $",\"callback_url\":\"{callbackUrl}\"}}";
        using var created = await http.PostAsync(new Uri(Workload.ModelPath, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
        created.EnsureSuccessStatusCode();
        using var record = JsonDocument.Parse(await created.Content.ReadAsStreamAsync());
        var id = record.RootElement.GetProperty("id").GetString()!;
        using var canceled = await http.PostAsync(new Uri($"/v1/runs/{id}/cancellation", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"));
        canceled.EnsureSuccessStatusCode();
        return id;
    }

    private static HttpClient ClientOf(ServerProcess server, string key) =>
        new() { BaseAddress = server.BaseAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };

    private static async Task<string> NewKeyAsync(string data)
    {
        var organization = JsonDocument.Parse(await KinemaAsync("orgs", "create", "other", "--data", data, "--json")).RootElement.GetProperty("id").GetString()!;
        return (await KinemaAsync("keys", "create", "--org", organization, "--data", data)).Trim();
    }

    private static async Task<string> KinemaAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", ServerProcess.ThisBuild, .. arguments]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"kinema {arguments[0]} ended with {process.ExitCode}."));
    }
}
