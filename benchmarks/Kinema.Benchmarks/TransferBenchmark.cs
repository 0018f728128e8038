using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Worker.Http;
using Kinema.Worker.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinema.Benchmarks;

/// <summary>A worker's files beside curl's at the same routes of the same server: 20 MB of input down, 50 MB of artifact up, with the digest of each.</summary>
internal static class TransferBenchmark
{
    private const int Rounds = 7;
    private const int UploadBytes = 50_000_000;
    private const string Engine = "motion";

    public static async Task RunAsync(TextWriter report)
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        await using var server = await ServerProcess.StartAsync(data, ["Worker:Enabled=false", "Server:RequestsPerMinute=0"]);
        var key = (await RunToolAsync("dotnet", "exec", ServerProcess.ThisBuild, "keys", "create", "--worker", "--engine", Engine, "--data", data)).Trim();
        using var http = new HttpClient { BaseAddress = server.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var worker = new WorkerServer(http, TimeProvider.System, NullLogger<WorkerServer>.Instance);
        var transfers = new Transfers(worker, TimeProvider.System);
        var registered = await SendAsync(
            worker, "/registrations", new RegisterWorker("benchmark", "1", 1, [Descriptor()]), WorkerProtocolJson.Default.RegisterWorker, WorkerProtocolJson.Default.WorkerRegistered);
        worker.WorkerId = registered.WorkerId;
        string[] headers = ["-H", $"Authorization: Bearer {key}", "-H", $"Kinema-Worker-Id: {registered.WorkerId}", "-H", "Kinema-Worker-Protocol: 1"];

        var picture = await MakePictureAsync(folder.Path);
        var video = Path.Combine(folder.Path, "video.bin");
        var bytes = new byte[UploadBytes];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(video, bytes);

        List<double> down = [], curlDown = [], up = [], curlUp = [];
        for (var round = 0; round < Rounds; round++)
        {
            var (attempt, media) = await TakeAsync(worker, server, picture);
            var address = new Uri(server.BaseAddress, WorkerProtocol.Root + Paths.Attempt(attempt, "")).AbsoluteUri;
            var scratch = Directory.CreateDirectory(Path.Combine(folder.Path, $"round-{round}")).FullName;

            Func<Task>[] measured =
            [
                async () => down.Add(await TimeAsync(() => transfers.DownloadAsync(attempt, media, scratch, CancellationToken.None))),
                async () => curlDown.Add(await TimeAsync(() => RunToolAsync("curl", [.. headers, "-sf", "-o", Path.Combine(scratch, "curl"), $"{address}inputs/{media.Digest}"]))),
                async () => up.Add(await TimeAsync(() => transfers.UploadAsync(attempt, "video.mp4", video, CancellationToken.None))),
                async () => curlUp.Add(await TimeAsync(() => RunToolAsync(
                    "curl", [.. headers, "-sf", "-X", "PATCH", "-H", "Upload-Offset: 0", "-H", "Content-Type: application/octet-stream", "-T", video, $"{address}artifacts/poster.jpg"]))),
            ];
            foreach (var measure in round % 2 == 0 ? measured : measured.Reverse())
                await measure();
            await SendAsync(worker, Paths.Attempt(attempt, "outcome"), new EndAttempt(EndAttempt.Canceled), WorkerProtocolJson.Default.EndAttempt, WorkerProtocolJson.Default.EndReply);
        }

        var inputBytes = new FileInfo(picture).Length;
        await report.WriteLineAsync($"| loopback, median of {Rounds} | worker | curl | worker's speed beside curl's |");
        await report.WriteLineAsync("|---|---:|---:|---:|");
        await report.WriteLineAsync(Row($"{inputBytes / 1e6:0} MB of input down", inputBytes, down, curlDown));
        await report.WriteLineAsync(Row($"{UploadBytes / 1e6:0} MB of artifact up", UploadBytes, up, curlUp));
    }

    private static string Row(string name, long bytes, List<double> ours, List<double> curls)
    {
        var (own, curl) = (Median(ours), Median(curls));
        return FormattableString.Invariant($"| {name} | {bytes / own / 1e6:0} MB/s | {bytes / curl / 1e6:0} MB/s | {curl / own:0.00} |");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static EngineDescriptor Descriptor() => new()
    {
        Id = Engine,
        Version = "1",
        DisplayName = "Benchmark",
        MediaRoles = [MediaRole.FirstFrame],
        Resolutions = [VideoResolution.Hd720],
        MinDurationSeconds = 1,
        MaxDurationSeconds = 60,
    };

    /// <summary>Creates a run whose picture was uploaded, and claims it.</summary>
    private static async Task<(AttemptRef Attempt, OfferedMedia Media)> TakeAsync(WorkerServer worker, ServerProcess server, string picture)
    {
        using var caller = new HttpClient { BaseAddress = server.BaseAddress };
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        var upload = await PostAsync(caller, "/v1/asset-uploads", new JsonObject { ["filename"] = "noise.png", ["mime_type"] = "image/png", ["size_bytes"] = new FileInfo(picture).Length });
        using (var content = new StreamContent(File.OpenRead(picture)))
            (await caller.PutAsync((string)upload["upload_url"]!, content)).EnsureSuccessStatusCode();
        var id = (string)(upload["asset_id"] ?? upload["id"])!;
        await PostAsync(caller, $"/v1/asset-uploads/{id}/confirmations", []);
        await PostAsync(caller, Workload.ModelPath, new JsonObject { ["input"] = new JsonObject { ["image_url"] = $"runflow://assets/{id}", ["duration"] = 2, ["resolution"] = "720p" } });

        while (true)
        {
            var claim = await SendAsync(worker, "/claims", new ClaimWork([Engine], 0, []), WorkerProtocolJson.Default.ClaimWork, WorkerProtocolJson.Default.ClaimReply);
            if (claim.Work is not { } work)
                continue;

            var attempt = new AttemptRef(work.RunId, work.Fence, worker.WorkerId!.Value);
            while (true)
            {
                var inputs = await SendAsync(
                    worker, Paths.Attempt(attempt, "inputs"), new PrepareInputsOf(), WorkerProtocolJson.Default.PrepareInputsOf, WorkerProtocolJson.Default.InputsReply);
                if (inputs.State == InputsReply.Ready)
                    return (attempt, inputs.Media[0]);
            }
        }
    }

    private static async Task<JsonNode> PostAsync(HttpClient caller, string path, JsonObject body)
    {
        using var answer = await caller.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {text}");
    }

    private static Task<TAnswer> SendAsync<TMessage, TAnswer>(
        WorkerServer worker,
        string path,
        TMessage message,
        JsonTypeInfo<TMessage> messageType,
        JsonTypeInfo<TAnswer> answerType) =>
        worker.SendAsync(path, message, messageType, answerType, TimeSpan.FromSeconds(30), retry: false, CancellationToken.None);

    /// <summary>A picture of noise, which no coder makes smaller.</summary>
    private static async Task<string> MakePictureAsync(string folder)
    {
        var path = Path.Combine(folder, "noise.png");
        await RunToolAsync("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "nullsrc=s=3500x3500,geq=r='random(1)*255':g='random(2)*255':b='random(3)*255'", "-frames:v", "1", "-pix_fmt", "rgb24", path);
        return path;
    }

    private static async Task<string> RunToolAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program} ended with {process.ExitCode}."));
    }
}
