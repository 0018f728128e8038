using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;

namespace Kinema.Benchmarks.Wan;

/// <summary>A server with a Wan worker, each in a process of its own, and the runs that it makes.</summary>
internal sealed class ServedRuns(ServerProcess server) : IAsyncDisposable
{
    public const string Prompt = "a cat looks up";

    private const string Path = "/v1/models/wan-video/wan2.2/i2v-a14b/runs";

    public static async Task<ServedRuns> StartAsync(string dataFolder, string checkpoint, ServedOptions options)
    {
        string[] settings =
        [
            $"Wan:Checkpoint={checkpoint}",
            $"Wan:Program={Repository.File("src", "Kinema.Wan.Worker", "bin", "Release", "net10.0", "kinema-wan.dll")}",
            "Wan:Dtype=float32",
            $"Wan:MaxArea={options.Area}",
            "Server:RequestsPerMinute=0",
        ];
        return new(await ServerProcess.StartAsync(dataFolder, settings, CancellationToken.None));
    }

    /// <summary>Makes one run: waits for each of its events, as a caller does who shows progress.</summary>
    public async Task<ServedTimes> MakeAsync(ServedSize size)
    {
        var body = new JsonObject
        {
            ["input"] = new JsonObject
            {
                ["prompt"] = Prompt,
                ["image_url"] = Samples.DataUri(Samples.Photograph("cat")),
                ["num_frames"] = size.Frames,
                ["num_inference_steps"] = size.Steps,
                ["resolution"] = "480p",
                ["seed"] = 1,
            },
        };
        var began = Stopwatch.GetTimestamp();
        string id;
        while (true)
        {
            using var answer = await server.Client.PostAsJsonAsync(new Uri(Path, UriKind.Relative), body);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                id = JsonNode.Parse(text)!["id"]!.GetValue<string>();
                break;
            }

            // The worker is not there yet; the first run is not measured.
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                throw new InvalidOperationException(text);
            await Task.Delay(200);
            began = Stopwatch.GetTimestamp();
        }

        var firstStep = await FollowAsync(id, began);
        var whole = Stopwatch.GetElapsedTime(began);
        var run = (await server.Client.GetFromJsonAsync<JsonObject>(new Uri($"/v1/runs/{id}", UriKind.Relative)))!;
        return run["status_code"]!.GetValue<string>() == "succeeded"
            ? new(firstStep, whole, run["output"]!["model_data"]!.AsObject())
            : throw new InvalidOperationException($"{run}\n{server.Log}");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>Reads events until the run has ended.</summary>
    /// <returns>The time to the one that tells of a denoising step that is done.</returns>
    private async Task<TimeSpan> FollowAsync(string id, long began)
    {
        TimeSpan? firstStep = null;
        await using var stream = await server.Client.GetStreamAsync(new Uri($"/v1/runs/{id}/events", UriKind.Relative));
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (firstStep is null && line.Contains("\"denoising\"", StringComparison.Ordinal) && !line.Contains("\"done\":0", StringComparison.Ordinal))
                firstStep = Stopwatch.GetElapsedTime(began);
        }

        return firstStep ?? TimeSpan.Zero;
    }
}
