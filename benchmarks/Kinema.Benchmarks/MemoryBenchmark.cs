using System.Diagnostics;
using System.Globalization;
using OpenCvSharp;

namespace Kinema.Benchmarks;

/// <summary>
/// The largest that a whole run ever is: one process of its own each, from decoding the picture to closing the file; the encoder's process beside it.
/// </summary>
internal static class MemoryBenchmark
{
    /// <summary>First argument of the program when it runs a single generation.</summary>
    public const string Child = "one-run";

    public static async Task RunAsync(TextWriter report, string photograph)
    {
        using var folder = new TemporaryFolder();
        await report.WriteLineAsync("| 1080p from a JPEG, largest resident memory, MiB | seconds of video | Kinema | ffmpeg |");
        await report.WriteLineAsync("|---|---:|---:|---:|");
        foreach (var (width, height, seconds) in new[] { (4000, 3000, 2), (4000, 3000, 15), (7300, 5475, 2), (7300, 5475, 15) })
        {
            var picture = Path.Combine(folder.Path, $"{width}.jpg");
            if (!File.Exists(picture))
                Enlarge(photograph, picture, width, height);
            using var run = Process.Start(new ProcessStartInfo(
                Environment.ProcessPath!, [typeof(MemoryBenchmark).Assembly.Location, Child, picture, seconds.ToString(CultureInfo.InvariantCulture)])
            { RedirectStandardOutput = true })!;
            var said = (await run.StandardOutput.ReadToEndAsync()).Split();
            await run.WaitForExitAsync();
            await report.WriteLineAsync($"| {width}×{height} | {seconds} | {said[0]} | {said[1]} |");
        }

        await report.WriteLineAsync();
    }

    /// <summary>Generates one video and prints the peak memory of this process and of its encoder.</summary>
    public static async Task ChildAsync(TextWriter report, string picture, int seconds)
    {
        using var folder = new TemporaryFolder();
        var output = Path.Combine(folder.Path, "motion.mp4");
        long encoder = 0;
        var frames = 0;
        await MotionBenchmark.RunOnceAsync(picture, output, seconds, () =>
        {
            if (++frames % 15 == 0)
                encoder = Math.Max(encoder, EncoderOf(output).Select(Peak).DefaultIfEmpty().Max());
        });
        await report.WriteLineAsync($"{Peak(Environment.ProcessId)} {encoder}");
    }

    private static IEnumerable<int> EncoderOf(string output) =>
        Process.GetProcessesByName("ffmpeg").Select(process => process.Id)
            .Where(id => File.ReadAllText($"/proc/{id}/cmdline").Contains(output, StringComparison.Ordinal));

    /// <summary>Mebibytes.</summary>
    private static long Peak(int process)
    {
        const string field = "VmHWM:";
        var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith(field, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line[field.Length..^2], CultureInfo.InvariantCulture) / 1024;
    }

    private static void Enlarge(string photograph, string target, int width, int height)
    {
        using var picture = Cv2.ImRead(photograph);
        Cv2.Resize(picture, picture, new Size(width, height), interpolation: InterpolationFlags.Lanczos4);
        Cv2.ImWrite(target, picture);
    }
}
