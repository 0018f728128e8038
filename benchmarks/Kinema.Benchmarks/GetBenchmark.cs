using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kinema.Benchmarks;

/// <summary>
/// Gets of a run at a fixed rate, alone and beside a run that renders, each beside gets of a process that does nothing but answer: what client, Kestrel and
/// scheduler take on this machine in the same minute.
/// </summary>
internal static class GetBenchmark
{
    private const int PerSecond = 200;
    private const int Gets = 2000;

    public static async Task RunAsync(TextWriter report, string picture)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(Path.Combine(folder.Path, "data"), []);
        await using var empty = await RawHost.StartAsync(Directory.CreateDirectory(Path.Combine(folder.Path, "raw")).FullName);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        var image = $"data:image/jpeg;base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(picture))}";

        await report.WriteLineAsync($"| {PerSecond} gets a second | get p50 | get p99 | empty route p50 | empty route p99 | rendered to the end of the measurement |");
        await report.WriteLineAsync("|---|---:|---:|---:|---:|---|");
        var ended = await CreateAsync(http, image, seconds: 2);
        while (await StatusAsync(http, ended) is "queued" or "dispatching" or "running")
            await Task.Delay(100);
        foreach (var uri in (Uri[])[RunUri(http, ended), empty.BaseAddress])
            await MeasureAsync(http, uri); // warm-up

        var alone = await MeasureAsync(http, RunUri(http, ended));
        await WriteAsync(report, "alone", alone, await MeasureAsync(http, empty.BaseAddress), "");

        var (gets, getsBeside) = await BesideRenderingAsync(http, image, id => RunUri(http, id));
        var (floor, floorBeside) = await BesideRenderingAsync(http, image, _ => empty.BaseAddress);
        await WriteAsync(report, "beside a rendering run", gets, floor, getsBeside && floorBeside ? "yes" : "no");
    }

    private static async Task<(Samples Gets, bool Rendered)> BesideRenderingAsync(HttpClient http, string image, Func<string, Uri> uri)
    {
        var rendering = await CreateAsync(http, image, seconds: 15);
        while (await StatusAsync(http, rendering) != "running")
            await Task.Delay(20);
        var gets = await MeasureAsync(http, uri(rendering));
        var rendered = await StatusAsync(http, rendering) == "running";
        while (await StatusAsync(http, rendering) == "running")
            await Task.Delay(100);
        return (gets, rendered);
    }

    private static Uri RunUri(HttpClient http, string id) => new(http.BaseAddress!, $"/v1/runs/{id}");

    private static Task WriteAsync(TextWriter report, string name, Samples gets, Samples floor, string note) => report.WriteLineAsync(FormattableString.Invariant(
        $"| {name} | {gets.Percentile(.5):0.0} ms | {gets.Percentile(.99):0.0} ms | {floor.Percentile(.5):0.0} ms | {floor.Percentile(.99):0.0} ms | {note} |"));

    /// <summary>Sends at the rate whether or not earlier answers came, so that waiting counts.</summary>
    private static async Task<Samples> MeasureAsync(HttpClient http, Uri uri)
    {
        var samples = new Samples();
        var pending = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        for (var i = 0; i < Gets && await timer.WaitForNextTickAsync(); i++)
            pending.Add(samples.MeasureAsync(() => http.GetStringAsync(uri)));
        await Task.WhenAll(pending);
        return samples;
    }

    private static async Task<string> CreateAsync(HttpClient http, string image, int seconds)
    {
        var input = new JsonObject { ["prompt"] = "slow push in", ["image_url"] = image, ["duration"] = seconds, ["resolution"] = "1080p" };
        using var response = await http.PostAsJsonAsync(new Uri(Workload.ModelPath, UriKind.Relative), new JsonObject { ["input"] = input });
        response.EnsureSuccessStatusCode();
        return (string)(await response.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    private static async Task<string> StatusAsync(HttpClient http, string id) =>
        (string)JsonNode.Parse(await http.GetStringAsync(new Uri($"/v1/runs/{id}", UriKind.Relative)))!["status_code"]!;
}
