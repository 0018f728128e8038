using System.Diagnostics;
using Kinema.TestSupport;
using Kinema.Wan;
using Kinema.Wan.Engine;

namespace Kinema.Benchmarks.Wan;

/// <summary>
/// Runs through <c>kinema serve</c> and its warm worker beside the library's own generation of the same video in this process, in turns: the whole time, and the time to the end
/// of the first denoising step. Small weights and many steps: the library's time is all arithmetic, as with large weights.
/// </summary>
internal static class ServedBenchmark
{
    public static async Task RunAsync(TextWriter report, ServedOptions options)
    {
        using var folder = new TemporaryFolder();
        var checkpoint = folder.File("checkpoint");
        TinyWanCheckpoint.Write(checkpoint, TinyWanCheckpoint.Names.First(name => name.Contains("i2v-a14b", StringComparison.Ordinal)));
        await using var served = await ServedRuns.StartAsync(folder.File("data"), checkpoint, options);
        await using var library = await WanPipeline.LoadAsync(checkpoint, new WanOptions { Precision = WanPrecision.Float32 });

        // Both are warm after it, and it says what is to be made here.
        var first = await served.MakeAsync(options.First);
        var picture = PictureOf(Samples.Photograph("cat"));
        var request = WanReceipt.Read(first.Record, ServedRuns.Prompt).ToRequest(picture, null);
        var settings = library.Plan(request);
        await MakeAsync(library, request, options.First);

        await report.WriteLineAsync($"{settings.Width} × {settings.Height}; library on {TorchSharp.torch.get_num_threads()} threads\n");
        await MeasureAsync(report, $"first of {options.First.Steps} steps, {options.First.Frames} frames", options.FirstRounds, async () => (await served.MakeAsync(options.First)).FirstStep, async () => (await MakeAsync(library, request, options.First)).FirstStep);
        await MeasureAsync(report, $"whole run, {options.Steps} steps, {options.Frames} frames", options.Rounds, async () => (await served.MakeAsync(options.Whole)).Whole, async () => (await MakeAsync(library, request, options.Whole)).Whole);
    }

    private static async Task MeasureAsync(TextWriter report, string name, int rounds, Func<Task<TimeSpan>> serve, Func<Task<TimeSpan>> make)
    {
        if (rounds == 0)
            return;

        List<double> serving = [], making = [];
        for (var round = 0; round < rounds; round++)
        {
            // The one that begins changes, so that a machine that slows down is fair to both.
            var order = round % 2 == 0 ? new[] { (serving, serve), (making, make) } : [(making, make), (serving, serve)];
            foreach (var (times, measure) in order)
            {
                times.Add((await measure()).TotalSeconds);
                await report.WriteLineAsync(FormattableString.Invariant($"{(times == serving ? "served" : "library")}: {times[^1]:0.000}"));
            }
        }

        await report.WriteLineAsync($"\n| {name}, {rounds} rounds | served, s | library, s | ratio | difference, ms |");
        await report.WriteLineAsync("|---|---:|---:|---:|---:|");
        await report.WriteLineAsync(Row("median", Meter.Median(serving), Meter.Median(making)));
        await report.WriteLineAsync(Row("minimum", serving.Min(), making.Min()));
    }

    private static string Row(string name, double served, double library) =>
        FormattableString.Invariant($"| {name} | {served:0.000} | {library:0.000} | {served / library:0.000} | {(served - library) * 1000:0} |");

    private static async Task<ServedTimes> MakeAsync(WanPipeline library, WanRequest request, ServedSize size)
    {
        var began = Stopwatch.GetTimestamp();
        var clock = new FirstStepClock();
        await foreach (var _ in library.GenerateAsync(request with { NumFrames = size.Frames, NumInferenceSteps = size.Steps, Progress = clock }))
        {
            // Only their time counts.
        }

        return new(Stopwatch.GetElapsedTime(began, clock.Reached), Stopwatch.GetElapsedTime(began), []);
    }

    private static RgbImage PictureOf(string path)
    {
        using var bitmap = SkiaSharp.SKBitmap.Decode(path);
        var pixels = new byte[bitmap.Width * bitmap.Height * 3];
        for (var i = 0; i < bitmap.Width * bitmap.Height; i++)
        {
            var color = bitmap.GetPixel(i % bitmap.Width, i / bitmap.Width);
            (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]) = (color.Red, color.Green, color.Blue);
        }

        return new(bitmap.Width, bitmap.Height, pixels);
    }

    /// <summary>Notes when the first step was done.</summary>
    private sealed class FirstStepClock : IProgress<WanProgress>
    {
        public long Reached { get; private set; }

        public void Report(WanProgress value)
        {
            if (Reached == 0 && value is { Phase: WanPhase.Denoise, Step: > 0 })
                Reached = Stopwatch.GetTimestamp();
        }
    }
}
