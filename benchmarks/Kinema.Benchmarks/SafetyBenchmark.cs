using System.Diagnostics;
using System.Globalization;
using Kinema.Core.Safety;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Motion;
using Kinema.Safety;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Benchmarks;

/// <summary>What checking a 5 s 1080p video costs: of frames that pass by, as in the server's own worker, and of a file, as from a worker elsewhere.</summary>
internal static class SafetyBenchmark
{
    private const int Rounds = 3;

    /// <param name="report">Receives the tables.</param>
    /// <param name="photograph">Picture to move.</param>
    /// <param name="manifest">Manifest of an installed classifier (kinema safety install).</param>
    public static async Task RunAsync(TextWriter report, string photograph, string manifest)
    {
        await using var services = Services(manifest);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "video.mp4");

        // Both sides once, so that libraries are loaded and compiled; then in turn.
        var (_, _, format) = await RenderAsync(services, photograph, path, watch: null);
        var checker = services.GetRequiredService<ISafetyChecker>();
        await RenderAsync(services, photograph, path, checker.Watch(new(null, "warm-up")));
        List<double> plain = [], watched = [], processor = [];
        for (var round = 0; round < Rounds; round++)
        {
            plain.Add((await RenderAsync(services, photograph, path, watch: null)).Seconds);
            var (seconds, spent, _) = await RenderAsync(services, photograph, path, checker.Watch(new(null, "the video")));
            watched.Add(seconds);
            processor.Add(spent);
        }

        var (resident, peak) = await SafetyMemory.GrowthAsync(photograph, manifest);
        await report.WriteLineAsync("| 5 s of 1080p | median |");
        await report.WriteLineAsync("|---|---:|");
        await RowAsync(report, "video without a check, s", Samples.Median(plain), "0.000");
        await RowAsync(report, "video with a check, s", Samples.Median(watched), "0.000");
        await RowAsync(report, "ratio", Samples.Median(watched) / Samples.Median(plain), "0.000");
        await RowAsync(report, "the check alone, s of one core", Samples.Median(processor), "0.000");
        await RowAsync(report, "resident memory beside a process without checks, MiB more", resident, "0");
        await RowAsync(report, "the largest that it ever was, MiB more", peak, "0");
        await FileAsync(report, checker, format, path);
        await report.WriteLineAsync();
    }

    private static async Task FileAsync(TextWriter report, ISafetyChecker checker, VideoFormat format, string path)
    {
        var video = new MediaInput { Path = path, Digest = "", ContentType = "video/mp4", SizeBytes = new FileInfo(path).Length, Seconds = 5 };
        List<double> wall = [], processor = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var (began, spent) = (Stopwatch.GetTimestamp(), ProcessorSeconds());
            await checker.JudgeOutputAsync(new(null, "a file"), video, format, [], CancellationToken.None);
            if (round == 0)
                continue;
            wall.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            processor.Add(ProcessorSeconds() - spent);
        }

        await RowAsync(report, "a file: time, s", Samples.Median(wall), "0.000");
        await RowAsync(report, "a file: processor time with ffmpeg, s", Samples.Median(processor), "0.000");
    }

    public static MediaInput Input(string photograph) => new() { Path = photograph, Digest = "", ContentType = "image/jpeg", SizeBytes = new FileInfo(photograph).Length };

    public static ServiceProvider Services(string manifest)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        services.AddKinemaMedia();
        services.AddMotionEngine();
        services.Configure<SafetyOptions>(options => options.Classifier = manifest);
        services.AddKinemaSafety(isConfigured: true);
        return services.BuildServiceProvider();
    }

    /// <returns>Time of the whole, and processor time of the check alone; it has one thread.</returns>
    public static async Task<(double Seconds, double Check, VideoFormat Format)> RenderAsync(IServiceProvider services, string photograph, string output, IFrameWatch? watch)
    {
        var request = new VideoRequest
        {
            Prompt = "slow push in",
            Resolution = VideoResolution.Hd1080,
            DurationSeconds = 5,
            Seed = 1,
            Roles = [MediaRole.FirstFrame],
            Media = new Dictionary<MediaRole, MediaInput> { [MediaRole.FirstFrame] = Input(photograph) },
        };
        var began = Stopwatch.GetTimestamp();
        var check = TimeSpan.Zero;
        IVideoEncoding? encoding = null;
        VideoFormat? format = null;
        await foreach (var item in services.GetRequiredService<IVideoEngine>().GenerateAsync(request, CancellationToken.None))
        {
            if (item is EngineEvent.Started started)
                encoding = services.GetRequiredService<IVideoEncoder>().Start(format = started.Format, output, new Dictionary<string, string>());
            if (item is not EngineEvent.Frame frame)
                continue;
            var seen = Stopwatch.GetTimestamp();
            watch?.See(format!, frame.Index, frame.Pixels.Span);
            check += Stopwatch.GetElapsedTime(seen);
            await encoding!.WriteAsync(frame.Pixels, CancellationToken.None);
        }

        await encoding!.FinishAsync(CancellationToken.None);
        await encoding.DisposeAsync();
        if (watch is null)
            return (Stopwatch.GetElapsedTime(began).TotalSeconds, 0, format!);

        var spent = Environment.CpuUsage.TotalTime;
        await watch.JudgeAsync(CancellationToken.None);
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, (check + Environment.CpuUsage.TotalTime - spent).TotalSeconds, format!);
    }

    /// <summary>Of this process and of those that it started and that have ended.</summary>
    private static double ProcessorSeconds()
    {
        const int UserTime = 13;
        const double TicksPerSecond = 100;
        var fields = File.ReadAllText("/proc/self/stat").Split(") ", 2)[1].Split(' ');
        return fields[(UserTime - 2)..(UserTime + 2)].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private static Task RowAsync(TextWriter report, string name, double value, string format) =>
        report.WriteLineAsync($"| {name} | {value.ToString(format, CultureInfo.InvariantCulture)} |");
}
