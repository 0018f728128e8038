using System.Diagnostics;
using System.Globalization;
using Kinema.Wan;

namespace Kinema.Benchmarks.Wan;

/// <summary>
/// Measures the cost of the self-check in a new process: loads a small checkpoint with and without it, each time in another process, so that
/// compilation and libtorch's initialization count.
/// </summary>
internal static class SelfCheckBenchmark
{
    /// <summary>First argument of the child processes.</summary>
    public const string ChildCommand = "load-once";

    private const int Rounds = 25;

    public static async Task RunAsync(TextWriter report)
    {
        var folder = Directory.CreateTempSubdirectory("kinema-benchmark-");
        try
        {
            LinkCheckpoint(folder.FullName);
            var (with, without) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                with.Add(await LoadInChildAsync(folder.FullName, "with"));
                without.Add(await LoadInChildAsync(folder.FullName, "without"));
            }

            var again = Meter.Median(Enumerable.Range(0, Rounds).Select(_ => WanSelfCheck.Run().Duration.TotalSeconds));
            await report.WriteLineAsync($"Medians of {Rounds} alternating rounds, a new process each.\n");
            await report.WriteLineAsync("| load with self-check, ms | without, ms | difference of the medians, ms | the check in a warm process, ms |");
            await report.WriteLineAsync("|---:|---:|---:|---:|");
            await report.WriteLineAsync($"| {Meter.Median(with):F0} | {Meter.Median(without):F0} | {Meter.Median(with) - Meter.Median(without):F0} | {again * 1000:F0} |");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Loads the checkpoint of the folder and prints the milliseconds. libtorch is loaded before the clock starts.</summary>
    public static async Task LoadOnceAsync(string folder, string mode)
    {
        LibTorch.Load();
        var options = new WanOptions { Device = "cpu" };
        if (mode == "without")
            options = options with { SelfCheck = () => new("", [], default) };
        var clock = Stopwatch.StartNew();
        using var pipeline = await WanPipeline.LoadAsync(folder, options);
        await Console.Out.WriteLineAsync(clock.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<double> LoadInChildAsync(string folder, string mode)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(SelfCheckBenchmark).Assembly.Location, ChildCommand, folder, mode])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }

    private static void LinkCheckpoint(string folder)
    {
        var fixtures = StepCacheBenchmark.FindFixtures();
        foreach (var part in Directory.EnumerateFileSystemEntries(Path.Combine(fixtures, "checkpoints", "tiny-wan2.1-i2v-14b")))
        {
            var link = Path.Combine(folder, Path.GetFileName(part));
            if (Directory.Exists(part))
                Directory.CreateSymbolicLink(link, Path.GetFullPath(part));
            else
                File.CreateSymbolicLink(link, Path.GetFullPath(part));
        }

        Directory.CreateDirectory(Path.Combine(folder, "tokenizer"));
        // The fixtures have no tokenizer. A real one takes longer to read, which hides more of the check.
        const string Tokenizer = """{ "model": { "type": "Unigram", "unk_id": 2, "vocab": [["<pad>", 0], ["</s>", 0], ["<unk>", 0], ["\u2581", -1], ["a", -1]] } }""";
        File.WriteAllText(Path.Combine(folder, "tokenizer", "tokenizer.json"), Tokenizer);
    }
}
