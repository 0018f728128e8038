using System.Diagnostics;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Motion;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Benchmarks;

/// <summary>Motion at 1080p30 with and without encoding, beside `ffmpeg zoompan` with the same encoder settings in the same run.</summary>
internal static class MotionBenchmark
{
    private const int Seconds = 5;

    public static async Task RunAsync(TextWriter report, string photograph, int rounds)
    {
        await using var provider = Services();
        var engine = provider.GetRequiredService<IVideoEngine>();
        var encoder = provider.GetRequiredService<IVideoEncoder>();
        var media = provider.GetRequiredService<IOptions<MediaOptions>>().Value;
        using var folder = new TemporaryFolder();

        List<double> bare = [], encoded = [], zoompan = [];
        for (var round = 0; round <= rounds; round++)
        {
            var results = (
                Bare: await RenderAsync(engine, encoder, photograph, null),
                Encoded: await RenderAsync(engine, encoder, photograph, Path.Combine(folder.Path, "motion.mp4")),
                Zoompan: await ZoompanAsync(media, photograph, Path.Combine(folder.Path, "zoompan.mp4")));
            if (round == 0)
                continue; // warm-up
            bare.Add(results.Bare);
            encoded.Add(results.Encoded);
            zoompan.Add(results.Zoompan);
        }

        await report.WriteLineAsync("| 1080p, 150 frames, median frames/s | frames/s | ratio to zoompan |");
        await report.WriteLineAsync("|---|---:|---:|");
        await RowAsync(report, "Motion, analysis and frames", bare, zoompan);
        await RowAsync(report, "Motion, encoded", encoded, zoompan);
        await RowAsync(report, "`ffmpeg zoompan`, encoded", zoompan, zoompan);
        await report.WriteLineAsync();
    }

    /// <summary>One video, generated as a worker does.</summary>
    public static async Task RunOnceAsync(string photograph, string output, int seconds, Action afterFrame)
    {
        await using var provider = Services();
        await RenderAsync(
            provider.GetRequiredService<IVideoEngine>(), provider.GetRequiredService<IVideoEncoder>(), photograph, output, seconds, afterFrame);
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        services.AddKinemaMedia();
        services.AddMotionEngine();
        return services.BuildServiceProvider();
    }

    private static Task RowAsync(TextWriter report, string name, List<double> rates, List<double> peer) =>
        report.WriteLineAsync(FormattableString.Invariant($"| {name} | {Samples.Median(rates):0.0} | {Samples.Median(rates) / Samples.Median(peer):0.00} |"));

    private static async Task<double> RenderAsync(IVideoEngine engine, IVideoEncoder encoder, string photograph, string? output, int seconds = Seconds, Action? afterFrame = null)
    {
        var request = new VideoRequest
        {
            Prompt = "slow push in",
            Resolution = VideoResolution.Hd1080,
            DurationSeconds = seconds,
            Seed = 1,
            Roles = [MediaRole.FirstFrame],
            Media = new Dictionary<MediaRole, MediaInput>
            {
                [MediaRole.FirstFrame] = new() { Path = photograph, Digest = "", ContentType = "image/jpeg", SizeBytes = new FileInfo(photograph).Length },
            },
        };

        var start = Stopwatch.GetTimestamp();
        var frames = 0;
        IVideoEncoding? encoding = null;
        await foreach (var item in engine.GenerateAsync(request, CancellationToken.None))
        {
            if (item is EngineEvent.Started started && output is not null)
                encoding = encoder.Start(started.Format, output, new Dictionary<string, string>());
            if (item is not EngineEvent.Frame frame)
                continue;
            frames++;
            if (encoding is not null)
                await encoding.WriteAsync(frame.Pixels, CancellationToken.None);
            afterFrame?.Invoke();
        }

        if (encoding is not null)
        {
            await encoding.FinishAsync(CancellationToken.None);
            await encoding.DisposeAsync();
        }

        return frames / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> ZoompanAsync(MediaOptions media, string photograph, string output)
    {
        const int frames = Seconds * 30;
        var info = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true };
        string[] arguments =
        [
            "-y", "-loglevel", "error", "-loop", "1", "-framerate", "30", "-i", photograph,
            "-vf", $"scale=1662:1248,zoompan=z='1+0.1*on/{frames}':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=1:s=1662x1248:fps=30,format=yuv420p",
            "-frames:v", $"{frames}", "-c:v", "libx264", "-profile:v", "high", "-preset", media.Preset, "-crf", $"{media.Crf}", "-movflags", "+faststart", output,
        ];
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);

        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(info)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? frames / Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"ffmpeg zoompan failed: {errors}");
    }
}
