using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using OpenCvSharp;

namespace Kinema.Benchmarks;

/// <summary>Memory of the server while 100 callers create runs at once, each with an inline picture of nearly 10 MiB.</summary>
internal static class BodyMemoryBenchmark
{
    private const int Callers = 100;

    private static readonly string[] _settings =
    [
        "Worker:Concurrency=1", "Runs:FetchTimeoutSeconds=600",
        "Outbound:Media:Allow:0=127.0.0.0/8", "Outbound:Media:ResponseTimeoutSeconds=300", "Outbound:Media:TotalTimeoutSeconds=300",
    ];

    public static async Task RunAsync(TextWriter report)
    {
        await report.WriteLineAsync($"| {Callers} creates at once | answers | seconds | idle, MiB | peak, MiB | above idle |");
        await report.WriteLineAsync("|---|---|---:|---:|---:|---:|");
        var picture = Body(Picture());
        await MeasureAsync(report, "inline data that are no picture", Body(new byte[10 << 20]), []);
        await MeasureAsync(report, "a picture, the organization's share of the queue is full", picture, ["Runs:MaxQueuedPerOrganization=1"]);
        await MeasureAsync(report, "a picture", picture, []);
    }

    private static async Task MeasureAsync(TextWriter report, string name, byte[] body, string[] settings)
    {
        using var folder = new TemporaryFolder();
        using var silent = new SilentHost();
        await using var server = await ServerProcess.StartAsync(Path.Combine(folder.Path, "data"), [.. _settings, .. settings]);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);

        // The worker is held by the first run; the second one waits and fills a queue of one.
        var held = Encoding.UTF8.GetBytes(Workload.BodyWith(silent.Picture));
        await CreateAsync(http, held);
        await Task.Delay(TimeSpan.FromSeconds(3));
        await CreateAsync(http, held);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var idle = server.ResidentBytes;

        var start = TimeProvider.System.GetTimestamp();
        var statuses = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CreateAsync(http, body)));
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        var answers = string.Join(", ", statuses.CountBy(s => s).OrderByDescending(s => s.Value).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value} × {s.Key}")));
        var peak = server.PeakResidentBytes;
        await report.WriteLineAsync(FormattableString.Invariant($"| {name} | {answers} | {seconds:0.0} | {idle >> 20} | {peak >> 20} | {(peak - idle) >> 20} |"));
    }

    private static async Task<string> CreateAsync(HttpClient http, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var response = await http.PostAsync(new Uri(Workload.ModelPath, UriKind.Relative), content);
            return ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError.ToString();
        }
    }

    private static byte[] Body(byte[] picture) => Encoding.UTF8.GetBytes(
        $$$"""{"input":{"duration":2,"resolution":"720p","image_url":"data:image/png;base64,{{{Convert.ToBase64String(picture)}}}"}}""");

    /// <summary>Noise, which does not compress: 1840 × 1840 pixels are about 10 million bytes as PNG.</summary>
    private static byte[] Picture()
    {
        using var noise = new Mat(1840, 1840, MatType.CV_8UC3);
        Cv2.Randu(noise, OpenCvSharp.Scalar.All(0), OpenCvSharp.Scalar.All(256));
        return noise.ToBytes(".png");
    }
}
