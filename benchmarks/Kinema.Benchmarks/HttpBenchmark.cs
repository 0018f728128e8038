using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Kinema.Benchmarks;

/// <summary>
/// Creates and gets over real HTTP against a real server process whose worker is held by one run, beside <see cref="RawSql"/> in the same run.
/// </summary>
internal static class HttpBenchmark
{
    /// <summary>Calls before the clock starts. A server that has run for a minute is compiled for the hot paths; after few calls the compiler still competes.</summary>
    private const int WarmUp = 20_000;

    private const int WarmUpCallers = 32;
    private const int ManyQueued = 100_000;

    internal static readonly string[] Settings =
    [
        "Worker:Concurrency=1", "Runs:MaxQueuedPerOrganization=1000000", "Runs:MaxQueued=1000000", "Runs:FetchTimeoutSeconds=600", "Server:RequestsPerMinute=0",
        "Outbound:Media:Allow:0=127.0.0.0/8", "Outbound:Media:ResponseTimeoutSeconds=300", "Outbound:Media:TotalTimeoutSeconds=300",
    ];

    /// <param name="report">Receives the table.</param>
    /// <param name="total">Creates, and gets, of each row.</param>
    /// <param name="row">Callers and runs queued before, of one row; empty for all.</param>
    public static async Task RunAsync(TextWriter report, int total, string[] row)
    {
        await report.WriteLineAsync(
            "| callers | queued before | creates/s | create p50 | create p99 | get p99 | raw creates/s | raw, group commit | behind ASP.NET Core | ratio to raw | ratio to the last |");
        await report.WriteLineAsync("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        (int, int)[] rows = row is [var one, var many]
            ? [(int.Parse(one, CultureInfo.InvariantCulture), int.Parse(many, CultureInfo.InvariantCulture))]
            : [(1, 0), (8, 0), (32, 0), (1, ManyQueued), (8, ManyQueued), (32, ManyQueued)];
        foreach (var (callers, queued) in rows)
        {
            using var folder = new TemporaryFolder();
            var single = await RawAsync(folder.Path, "single", groupCommit: false, callers, total);
            var group = await RawAsync(folder.Path, "group", groupCommit: true, callers, total);
            var behindHttp = await BehindHttpAsync(folder.Path, callers, total);
            var (rate, creates, gets) = await ServerAsync(folder.Path, callers, Math.Max(queued, WarmUp), total);

            await report.WriteLineAsync(FormattableString.Invariant(
                $"| {callers} | {Math.Max(queued, WarmUp)} | {rate:0} | {creates.Percentile(.5):0.0} ms | {creates.Percentile(.99):0.0} ms | {gets.Percentile(.99):0.0} ms | {single:0} | {group:0} | {behindHttp:0} | {rate / single:0.00} | {rate / behindHttp:0.00} |"));
        }
    }

    private static async Task<double> RawAsync(string folder, string name, bool groupCommit, int callers, int total)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        await using var writer = new RawWriter(path, groupCommit);
        return await RateAsync(callers, total, writer.CreateAsync);
    }

    private static async Task<double> BehindHttpAsync(string folder, int callers, int total)
    {
        await using var host = await RawHost.StartAsync(Directory.CreateDirectory(Path.Combine(folder, "http")).FullName);
        using var http = new HttpClient { BaseAddress = host.BaseAddress };
        await Load.RunAsync(WarmUpCallers, WarmUp, _ => CreateAsync(http, Workload.Body));
        return await RateAsync(callers, total, () => CreateAsync(http, Workload.Body));
    }

    private static async Task<(double Rate, Samples Creates, Samples Gets)> ServerAsync(string folder, int callers, int queued, int total)
    {
        using var silent = new SilentHost();
        await using var server = await ServerProcess.StartAsync(Path.Combine(folder, "data"), Settings);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        await CreateAsync(http, Workload.BodyWith(silent.Picture));
        await MeasureAsync(http, WarmUpCallers, queued, new(), new());
        Samples creates = new(), gets = new();
        var (rate, _) = await MeasureAsync(http, callers, total, creates, gets);
        return (rate, creates, gets);
    }

    private static async Task<double> RateAsync(int callers, int total, Func<Task<string>> create)
    {
        var start = Stopwatch.GetTimestamp();
        await Load.RunAsync(callers, total, _ => create());
        return total / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    internal static async Task<(double CreateRate, double GetRate)> MeasureAsync(HttpClient http, int callers, int total, Samples creates, Samples gets)
    {
        var ids = new string[total];
        var start = Stopwatch.GetTimestamp();
        await Load.RunAsync(callers, total, async i => ids[i] = await creates.MeasureAsync(() => CreateAsync(http, Workload.Body)));
        var created = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        await Load.RunAsync(callers, total, async i => await gets.MeasureAsync(() => http.GetStringAsync(new Uri($"/v1/runs/{ids[i]}", UriKind.Relative))));
        return (total / created.TotalSeconds, total / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    internal static async Task<string> CreateAsync(HttpClient http, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(Workload.ModelPath, UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        return document.RootElement.GetProperty("id").GetString()!;
    }
}
