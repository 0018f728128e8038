using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;

namespace Kinema.Crash.Tests;

/// <summary>Server and Wan worker at work for half an hour (<c>KINEMA_SOAK_MINUTES</c>), with small weights at a modest pace.</summary>
[Collection(Trial.OneAtATime)]
public sealed class SoakTests
{
    private const string Wan = "/v1/models/wan-video/wan2.2/i2v-a14b/runs";
    private const string Motion = "/v1/models/alibaba/wan/v2.7/image-to-video/runs";
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Set", "long")]
    public async Task Thirty_minutes_of_work_leave_nothing_behind_in_server_and_worker()
    {
        var length = TimeSpan.FromMinutes(double.Parse(Environment.GetEnvironmentVariable("KINEMA_SOAK_MINUTES") ?? "30", CultureInfo.InvariantCulture));
        using var folder = new TemporaryFolder();
        using var memory = new MemoryLog();
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var server = await StartAsync(folder, memory);

        var counts = new Dictionary<string, int>();
        var began = Stopwatch.GetTimestamp();
        for (var number = 0; Stopwatch.GetElapsedTime(began) < length; number++)
        {
            var ids = new List<string> { await CreateAsync(server, receiver, Wan, number) };
            if (number % 5 == 0)
                ids.Add(await CreateAsync(server, receiver, Motion, number));
            if (number % 6 == 5)
                (await server.Client.PostAsync(new Uri($"/v1/runs/{ids[0]}/cancellation", UriKind.Relative), null, Ct)).Dispose();
            foreach (var id in ids)
            {
                // The stream ends with the run.
                await server.Client.GetStringAsync(new Uri($"/v1/runs/{id}/events", UriKind.Relative), Ct);
                var status = (await server.Client.GetFromJsonAsync<JsonObject>(new Uri($"/v1/runs/{id}", UriKind.Relative), Ct))!["status_code"]!.GetValue<string>();
                counts[status] = counts.GetValueOrDefault(status) + 1;
            }

            await Task.Delay(_pause, Ct);
        }

        MemoryLog.Memory[] programs = [memory.Of("kinema"), memory.Of("kinema-wan")];
        var report = $"{length.TotalMinutes:0} minutes; {string.Join(", ", counts.Select(c => $"{c.Value} {c.Key}"))}; {receiver.Requests.Count} callbacks\n{string.Join('\n', programs.Select(p => p.ToString()))}";
        Console.WriteLine(report);
        counts.Keys.ShouldBeSubsetOf(["succeeded", "canceled"], $"{report}\n{server.Log}");
        programs.ShouldAllBe(program => program.IsFlat, report);
    }

    private static Task<ServerProcess> StartAsync(TemporaryFolder folder, MemoryLog memory)
    {
        var checkpoint = folder.File("checkpoint");
        TinyWanCheckpoint.Write(checkpoint, TinyWanCheckpoint.Names.First(name => name.Contains("i2v-a14b", StringComparison.Ordinal)));
        string[] settings =
        [
            $"Wan:Checkpoint={checkpoint}",
            $"Wan:Program={Repository.File("src", "Kinema.Wan.Worker", "bin", "Release", "net10.0", "kinema-wan.dll")}",
            "Wan:Dtype=float32",
            $"Wan:MaxArea={96 * 64}",
            "Server:RequestsPerMinute=0",
            .. TestSettings.OpenLoopback,
        ];
        // As the guide's systemd unit has it.
        return ServerProcess.StartAsync(folder.File("data"), settings, Ct, url: null, [.. memory.Environment, ("MALLOC_ARENA_MAX", "2")]);
    }

    private static async Task<string> CreateAsync(ServerProcess server, CallbackReceiver receiver, string path, int number)
    {
        var input = new JsonObject { ["prompt"] = "a cat looks up", ["image_url"] = Samples.DataUri(Samples.Photographs[number % Samples.Photographs.Count]) };
        foreach (var (name, value) in path == Wan ? new JsonObject { ["num_frames"] = 5, ["num_inference_steps"] = 4, ["resolution"] = "480p" } : new JsonObject { ["duration"] = 2, ["resolution"] = "720p" })
            input[name] = value!.DeepClone();
        while (true)
        {
            using var answer = await server.Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), new JsonObject { ["input"] = input.DeepClone(), ["callback_url"] = receiver.Url.AbsoluteUri }, Ct);
            var text = await answer.Content.ReadAsStringAsync(Ct);
            if (answer.StatusCode == HttpStatusCode.Created)
                return JsonNode.Parse(text)!["id"]!.GetValue<string>();

            // A model is refused while its worker starts.
            (answer.StatusCode == HttpStatusCode.ServiceUnavailable && number == 0).ShouldBeTrue($"{text}\n{server.Log}");
            await Task.Delay(200, Ct);
        }
    }
}
