using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Kinema.Benchmarks;

/// <summary>
/// Creates and gets over real HTTP against a real server process whose worker is held by one run, beside <see cref="RawSql"/> in the same run.
/// </summary>
internal static class HttpBenchmark
{
    private static readonly string[] _settings =
    [
        "Worker:Concurrency=1", "Runs:MaxQueuedPerOrganization=1000000", "Runs:MaxQueued=1000000", "Runs:FetchTimeoutSeconds=600",
        "Outbound:Media:Allow:0=127.0.0.0/8", "Outbound:Media:ResponseTimeoutSeconds=300", "Outbound:Media:TotalTimeoutSeconds=300",
    ];

    public static async Task RunAsync(TextWriter report, int total)
    {
        await report.WriteLineAsync("| callers | creates/s | create p50 | create p99 | get p99 | raw SQL creates/s | raw p99 | ratio |");
        await report.WriteLineAsync("|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var callers in (int[])[1, 8, 32])
        {
            using var folder = new TemporaryFolder();
            using var raw = new RawSql(folder.Path);
            var (rawRate, rawCreates, _) = await raw.RunAsync(callers, total);

            using var silent = new SilentHost();
            await using var server = await ServerProcess.StartAsync(Path.Combine(folder.Path, "data"), _settings);
            using var http = new HttpClient { BaseAddress = server.BaseAddress };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
            await CreateAsync(http, Workload.Body.Replace("https://example.com/product.png", silent.Picture.AbsoluteUri, StringComparison.Ordinal));
            await MeasureAsync(http, 8, 200); // warm-up: compiled code, open connections
            var (rate, creates, gets) = await MeasureAsync(http, callers, total);

            await report.WriteLineAsync(FormattableString.Invariant(
                $"| {callers} | {rate:0} | {creates.Percentile(.5):0.0} ms | {creates.Percentile(.99):0.0} ms | {gets.Percentile(.99):0.0} ms | {rawRate:0} | {rawCreates.Percentile(.99):0.0} ms | {rate / rawRate:0.00} |"));
        }
    }

    private static async Task<(double Rate, Samples Creates, Samples Gets)> MeasureAsync(HttpClient http, int callers, int total)
    {
        Samples creates = new(), gets = new();
        var ids = new string[total];
        var start = Stopwatch.GetTimestamp();
        await Load.RunAsync(callers, total, async i => ids[i] = await creates.MeasureAsync(() => CreateAsync(http, Workload.Body)));
        var elapsed = Stopwatch.GetElapsedTime(start);
        await Load.RunAsync(callers, total, async i => await gets.MeasureAsync(() => http.GetStringAsync(new Uri($"/v1/runs/{ids[i]}", UriKind.Relative))));
        return (total / elapsed.TotalSeconds, creates, gets);
    }

    private static async Task<string> CreateAsync(HttpClient http, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(Workload.ModelPath, UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        return document.RootElement.GetProperty("id").GetString()!;
    }
}
