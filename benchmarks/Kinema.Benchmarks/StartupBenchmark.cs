namespace Kinema.Benchmarks;

/// <summary>Startup time and idle memory of the server: this build's, and those of other builds in turn with it.</summary>
internal static class StartupBenchmark
{
    private const int Rounds = 5;

    /// <param name="report">Receives the table.</param>
    /// <param name="others">Other builds: paths of kinema.dll or of an executable.</param>
    public static async Task RunAsync(TextWriter report, IEnumerable<string> others)
    {
        var rows = others.Prepend(ServerProcess.ThisBuild).Select(program => new Row(program)).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var row in rows)
                await row.MeasureAsync();
        }

        await report.WriteLineAsync("| build | first start (new data folder) | next start | ratio | resident when idle | of it not shared |");
        await report.WriteLineAsync("|---|---:|---:|---:|---:|---:|");
        foreach (var row in rows)
            await report.WriteLineAsync(row.Describe(rows[0]));
        await report.WriteLineAsync(FormattableString.Invariant($"\nMedians of {Rounds} rounds in turn."));
    }

    private sealed class Row(string program)
    {
        private readonly List<double> _first = [];
        private readonly List<double> _next = [];
        private readonly List<double> _resident = [];
        private readonly List<double> _private = [];

        public async Task MeasureAsync()
        {
            using var folder = new TemporaryFolder();
            var data = Path.Combine(folder.Path, "data");
            await using (var server = await ServerProcess.StartAsync(data, [], program))
                _first.Add(server.StartUp.TotalSeconds);

            await using var again = await ServerProcess.StartAsync(data, [], program);
            _next.Add(again.StartUp.TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(5));
            _resident.Add(again.ResidentBytes / 1048576.0);
            _private.Add(again.PrivateBytes / 1048576.0);
        }

        public string Describe(Row beside) => FormattableString.Invariant(
            $"| `{program}` | {Samples.Median(_first):0.00} s | {Samples.Median(_next):0.00} s | {Samples.Median(_next) / Samples.Median(beside._next):0.00} | {Samples.Median(_resident):0} MiB | {Samples.Median(_private):0} MiB |");
    }
}
