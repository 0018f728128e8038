using System.Net.Http.Headers;
using Microsoft.Data.Sqlite;

namespace Kinema.Benchmarks;

/// <summary>Creates and gets with a million ended runs in the store, beside a store without, in turn.</summary>
internal static class LargeStoreBenchmark
{
    internal const int Runs = 1_000_000;
    private const int Callers = 8;
    private const int Total = 2000;
    private const int WarmUp = 4000;
    private const int Rounds = 5;

    public static async Task RunAsync(TextWriter report)
    {
        using var folder = new TemporaryFolder();
        await using var empty = await Store.StartAsync(Path.Combine(folder.Path, "empty"), runs: 0);
        await using var full = await Store.StartAsync(Path.Combine(folder.Path, "full"), Runs);
        Store[] stores = [empty, full];
        foreach (var store in stores)
            await store.WarmUpAsync();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var store in round % 2 == 0 ? stores : stores.Reverse())
                await store.MeasureAsync();
        }

        await report.WriteLineAsync("| ended runs in the store | creates/s | gets/s | create p50 | create p99 | get p50 | get p99 |");
        await report.WriteLineAsync("|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var store in stores)
            await report.WriteLineAsync(store.Row);
        await report.WriteLineAsync(FormattableString.Invariant(
            $"\nTime of a create {empty.Creates / full.Creates:0.00}, of a get {empty.Gets / full.Gets:0.00} of the empty store's. Medians of {Rounds} rounds in turn, {Callers} callers."));
    }

    /// <summary>Makes a data folder whose store has ended runs.</summary>
    internal static async Task FillAsync(string folder, int runs, IEnumerable<string> settings)
    {
        await (await ServerProcess.StartAsync(folder, settings)).DisposeAsync();
        Fill(Path.Combine(folder, "kinema.db"), runs);
        // The server was killed, and closing the database emptied its write-ahead log: nothing is lost.
        File.Delete(Path.Combine(folder, "kinema.open"));
    }

    private sealed class Store(ServerProcess server, SilentHost silent, int runs) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = server.BaseAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", server.Key) } };
        private readonly Samples _creates = new();
        private readonly Samples _gets = new();
        private readonly List<double> _createRates = [];
        private readonly List<double> _getRates = [];

        public double Creates => Samples.Median(_createRates);

        public double Gets => Samples.Median(_getRates);

        public string Row => FormattableString.Invariant(
            $"| {runs} | {Creates:0} | {Gets:0} | {_creates.Percentile(.5):0.0} ms | {_creates.Percentile(.99):0.0} ms | {_gets.Percentile(.5):0.0} ms | {_gets.Percentile(.99):0.0} ms |");

        /// <summary>One run holds the only worker, so that created ones stay queued.</summary>
        public static async Task<Store> StartAsync(string folder, int runs)
        {
            await FillAsync(folder, runs, HttpBenchmark.Settings);
            var server = await ServerProcess.StartAsync(folder, HttpBenchmark.Settings);
            var store = new Store(server, new SilentHost(), runs);
            await store.HoldWorkerAsync();
            return store;
        }

        public async Task WarmUpAsync() => await HttpBenchmark.MeasureAsync(_http, Callers, WarmUp, new(), new());

        public async Task MeasureAsync()
        {
            var (creates, gets) = await HttpBenchmark.MeasureAsync(_http, Callers, Total, _creates, _gets);
            _createRates.Add(creates);
            _getRates.Add(gets);
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            silent.Dispose();
            await server.DisposeAsync();
        }

        private async Task HoldWorkerAsync() => await HttpBenchmark.CreateAsync(_http, Workload.BodyWith(silent.Picture));
    }

    private static void Fill(string path, int runs)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO runs (id, org_id, model_id, model_slug, manifest_version, engine_id, status, source_code, input_json, effective_input_json, client_ref,
              request_id, created_at, completed_at, deadline_at, available_at, held, cost, last_sequence)
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @runs - 1)
            SELECT printf('%08x-0000-7000-8000-000000000000', i), (SELECT id FROM orgs), '00000000-0000-7000-8000-000000000001', 'alibaba/wan/v2.7/image-to-video', 1,
              'motion', 'failed', 'api', '{"prompt":"slow push in"}', '{"prompt":"slow push in"}', 'order-' || (i / 3),
              'r', 1700000000000000 + i * 1000000, 1700000000000000 + i * 1000000 + 5000000, 0, 0, 500000, 0, 1
            FROM n
            WHERE @runs > 0;
            """;
        command.Parameters.AddWithValue("@runs", runs);
        command.ExecuteNonQuery();
    }
}
