using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kinema.Benchmarks;

/// <summary>What a hundred people who watch one run cost: its rendering beside the same without them, and the server's memory for each.</summary>
internal static class StreamBenchmark
{
    private const int Watchers = 100;
    private const int Seconds = 8;
    private const int Rounds = 3;

    public static async Task RunAsync(TextWriter report, string picture)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(
            Path.Combine(folder.Path, "data"), ["Server:MaxEventStreamsPerOrganization=1000", "Server:RequestsPerMinute=0", "Server:AnonymousRequestsPerMinute=0"]);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        var image = $"data:image/jpeg;base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(picture))}";
        var cookies = new List<string>();
        for (var i = 0; i < Watchers; i++)
            cookies.Add(await SignInAsync(server));
        await RenderAsync(http, image, []); // warm-up

        List<double> alone = [], watched = [], kilobytes = [];
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add((await RenderAsync(http, image, [])).Milliseconds);
            var (milliseconds, perWatcher) = await RenderAsync(http, image, cookies, server);
            watched.Add(milliseconds);
            kilobytes.Add(perWatcher);
        }

        await report.WriteLineAsync($"| {Seconds} s of 1080p | rendering, median of {Rounds} | memory for each stream |");
        await report.WriteLineAsync("|---|---:|---:|");
        await report.WriteLineAsync(FormattableString.Invariant($"| nobody watches | {Median(alone) / 1000:0.0} s | |"));
        await report.WriteLineAsync(FormattableString.Invariant($"| {Watchers} sessions watch | {Median(watched) / 1000:0.0} s ({Median(watched) / Median(alone):0.00}) | {Median(kilobytes):0} KB |"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Returns the cookie of a new session.</summary>
    private static async Task<string> SignInAsync(ServerProcess server)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.Add("Origin", server.BaseAddress.GetLeftPart(UriPartial.Authority));
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("key", server.Key)]));
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>Makes a run that all watch from its creation on. Returns the engine's time, and what the server took for each watcher.</summary>
    private static async Task<(double Milliseconds, double KilobytesEach)> RenderAsync(
        HttpClient http, string image, List<string> cookies, ServerProcess? server = null)
    {
        var before = server?.PrivateBytes ?? 0;
        var input = new JsonObject { ["prompt"] = "slow push in", ["image_url"] = image, ["duration"] = Seconds, ["resolution"] = "1080p", ["seed"] = 1 };
        using var created = await http.PostAsJsonAsync(new Uri(Workload.ModelPath, UriKind.Relative), new JsonObject { ["input"] = input });
        created.EnsureSuccessStatusCode();
        var id = (string)(await created.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        var watchers = cookies.Select(cookie => WatchAsync(http.BaseAddress!, cookie, id)).ToList();
        double each = 0;
        if (server is not null)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            each = (server.PrivateBytes - before) / 1024.0 / cookies.Count;
        }

        await Task.WhenAll(watchers);
        while (true)
        {
            var run = JsonNode.Parse(await http.GetStringAsync(new Uri($"/v1/runs/{id}", UriKind.Relative)))!;
            if ((string)run["status_code"]! is "succeeded")
                return ((double)run["output"]!["timing"]!["inference_ms"]!, each);
            await Task.Delay(100);
        }
    }

    /// <summary>Reads the run's events to their end, over a connection of its own.</summary>
    private static async Task WatchAsync(Uri server, string cookie, string id)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server };
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await http.GetAsync(new Uri($"/v1/events?runs={id}:0", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var events = await answer.Content.ReadAsStreamAsync();
        await events.CopyToAsync(Stream.Null);
    }
}
