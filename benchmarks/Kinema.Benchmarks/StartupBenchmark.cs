namespace Kinema.Benchmarks;

/// <summary>Startup time and idle memory of the server.</summary>
internal static class StartupBenchmark
{
    public static async Task RunAsync(TextWriter report)
    {
        await report.WriteLineAsync("| | first start (new data folder) | next start | resident when idle |");
        await report.WriteLineAsync("|---|---:|---:|---:|");
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        double first;
        await using (var server = await ServerProcess.StartAsync(data, []))
            first = server.StartUp.TotalSeconds;

        await using var again = await ServerProcess.StartAsync(data, []);
        await Task.Delay(TimeSpan.FromSeconds(5));
        await report.WriteLineAsync(FormattableString.Invariant(
            $"| `kinema serve` | {first:0.00} s | {again.StartUp.TotalSeconds:0.00} s | {again.ResidentBytes / 1048576.0:0} MiB |"));
    }
}
