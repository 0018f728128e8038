using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;

namespace Kinema.Wan.Worker.Tests.Served;

/// <summary>Open weights behind the server: from the create to the callback, through a worker that the server started.</summary>
public sealed class EndToEndTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_goes_from_its_create_through_the_worker_to_the_callback()
    {
        using var checkpoint = new TinyCheckpoint(TinyCheckpoint.Any);
        using var receiver = new Receiver();
        using var folder = new TemporaryFolder();
        string[] settings =
        [
            $"Wan:Checkpoint={checkpoint.Folder}",
            $"Wan:Program={Path.Combine(AppContext.BaseDirectory, "kinema-wan.dll")}",
            "Wan:Dtype=float32",
            $"Wan:MaxArea={96 * 64}",
            "Outbound:Callbacks:Allow:0=127.0.0.0/8",
        ];
        await using var server = await ServerProcess.StartAsync(folder.FullPath, settings, Ct);

        var id = await CreateAsync(server, receiver.Url);
        var events = await server.Client.GetStringAsync($"/v1/runs/{id}/events", Ct);
        var run = JsonNode.Parse(await server.Client.GetStringAsync($"/v1/runs/{id}", Ct))!;

        run["status_code"]!.GetValue<string>().ShouldBe("succeeded", $"{run}\n{server.Log}");
        events.ShouldContain("\"stage\":\"denoising\"");
        events.ShouldContain("event: preview");
        var data = run["output"]!["model_data"]!;
        data["engine"]!.GetValue<string>().ShouldStartWith("wan-");
        data.ToJsonString().ShouldContain("\"seed\"");

        var path = Path.Combine(checkpoint.WorkingDirectory, "served.mp4");
        await File.WriteAllBytesAsync(path, await server.Client.GetByteArrayAsync(run["output"]!["outputs"]![0]!["url"]!.GetValue<string>(), Ct), Ct);
        (await Ffprobe.ReadVideoAsync(path, Ct))["nb_read_frames"]!.GetValue<string>().ShouldBe("5");
        JsonNode.Parse(await receiver.Body.WaitAsync(TimeSpan.FromSeconds(30), Ct))!["run_id"]!.GetValue<string>().ShouldBe(id);
    }

    /// <summary>A model is refused while its worker starts.</summary>
    private static async Task<string> CreateAsync(ServerProcess server, string callbackUrl)
    {
        var body = new JsonObject
        {
            ["input"] = new JsonObject
            {
                ["prompt"] = "a cat looks up",
                ["image_url"] = $"data:image/jpeg;base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(TinyCheckpoint.Picture, Ct))}",
                ["num_frames"] = 5,
                ["num_inference_steps"] = 2,
                ["resolution"] = "480p",
            },
            ["callback_url"] = callbackUrl,
        };
        while (true)
        {
            using var answer = await server.Client.PostAsJsonAsync("/v1/models/wan-video/wan2.2/i2v-a14b/runs", body, Ct);
            var text = await answer.Content.ReadAsStringAsync(Ct);
            if (answer.StatusCode == HttpStatusCode.Created)
                return JsonNode.Parse(text)!["id"]!.GetValue<string>();

            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, $"{text}\n{server.Log}");
            await Task.Delay(200, Ct);
        }
    }

    /// <summary>Takes one callback.</summary>
    private sealed class Receiver : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly TaskCompletionSource<string> _body = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Receiver()
        {
            for (var port = 20_000 + (Environment.ProcessId % 20_000); !_listener.IsListening; port++)
            {
                Url = $"http://127.0.0.1:{port}/";
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add(Url);
                try
                {
                    _listener.Start();
                }
                catch (HttpListenerException) when (port < 60_000)
                {
                    // Taken; the next one.
                }
            }

            _ = ReceiveAsync();
        }

        public string Url { get; private set; } = "";

        public Task<string> Body => _body.Task;

        public void Dispose() => _listener.Close();

        private async Task ReceiveAsync()
        {
            var context = await _listener.GetContextAsync();
            using var reader = new StreamReader(context.Request.InputStream);
            var text = await reader.ReadToEndAsync();
            context.Response.StatusCode = (int)HttpStatusCode.NoContent;
            context.Response.Close();
            _body.TrySetResult(text);
        }
    }
}
