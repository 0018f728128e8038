using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using Microsoft.Data.Sqlite;

namespace Kinema.Fleets.Tests;

/// <summary>Runs of a real server whose process is killed again and again, on servers with faults that are started anew in between.</summary>
public sealed class DurableRunsTests
{
    private const string Runs = "/v1/models/wan-video/wan2.2/i2v-a14b/runs";
    private const int Frames = 17;

    /// <summary>Looks at the runs, four a second, between two kills.</summary>
    private const int LooksPerKill = 20;

    private static readonly string _picture = Samples.DataUri(Samples.Photograph("cat"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("vllm-omni")]
    [InlineData("lightx2v")]
    public Task Twenty_runs_end_once_each_through_faults_and_kills(string dialect) => EndOnceAsync(dialect, 20);

    [Theory]
    [InlineData("vllm-omni")]
    [InlineData("sglang")]
    [InlineData("fastvideo")]
    [InlineData("lightx2v")]
    [Trait("Set", "long")]
    public Task Two_hundred_runs_end_once_each_through_faults_and_kills(string dialect) => EndOnceAsync(dialect, 200);

    private static async Task EndOnceAsync(string dialect, int count)
    {
        using var folder = new TemporaryFolder();
        await using var first = await FakeServer.StartAsync(dialect, "--running", "150", "--slots", "2");
        await using var second = await FakeServer.StartAsync(dialect, "--running", "150", "--slots", "2");
        FakeServer[] fakes = [first, second];
        var began = Stopwatch.GetTimestamp();
        var server = await StartAsync(folder, dialect, fakes, null);
        try
        {
            foreach (var fake in fakes)
                await FaultsAsync(fake);
            for (var n = 0; n < count; n++)
                await CreateAsync(server, n);

            var kills = 0;
            for (var looks = 1; Read(folder, "SELECT id FROM runs WHERE completed_at IS NULL").Count > 0; looks++)
            {
                (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60 + (count * 3))).ShouldBeTrue($"it does not come to an end:\n{server.Log}");
                await Task.Delay(TimeSpan.FromSeconds(0.25), Ct);
                if (looks % LooksPerKill == LooksPerKill / 2)
                    await fakes[kills % 2].PostAsync("/_fake/restart", new JsonObject());
                if (looks % LooksPerKill != 0)
                    continue;
                await server.KillAsync();
                kills++;
                server = await StartAsync(folder, dialect, fakes, server.Url);
            }

            await server.KillAsync();
            await ShouldAddUpAsync(folder, dialect, fakes, count, kills, Stopwatch.GetElapsedTime(began));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static async Task ShouldAddUpAsync(TemporaryFolder folder, string dialect, FakeServer[] fakes, int count, int kills, TimeSpan took)
    {
        var runs = Read(folder, "SELECT id, status, failure_code FROM runs");
        var succeeded = runs.Where(run => run[1] == "succeeded").Select(run => run[0]).ToHashSet();
        var codes = string.Join(", ", runs.Select(run => run[2]).Where(code => code.Length > 0).GroupBy(code => code).Select(group => $"{group.Count()} {group.Key}"));
        var (made, forgotten) = (0, 0);
        foreach (var fake in fakes)
        {
            var counts = await fake.GetAsync("/_fake/counts");
            made += (int)counts["made"]!;
            forgotten += (int)counts["forgotten"]!;
        }

        TestContext.Current.SendDiagnosticMessage($"{dialect}: {count} runs, {succeeded.Count} succeeded ({codes}), {kills} kills, {made} jobs, {forgotten} forgotten by restarts, {took.TotalSeconds:0} s");
        runs.Count.ShouldBe(count);
        succeeded.Count.ShouldBeGreaterThanOrEqualTo(count * 9 / 10, codes);
        made.ShouldBeGreaterThanOrEqualTo(succeeded.Count);

        // A job that the server names is ordered again where the answer was lost, or the process died before it was written down; one that we name never is.
        made.ShouldBeLessThanOrEqualTo(count + forgotten + (dialect == "lightx2v" ? 0 : (count / 5) + (kills * 4)));
        Read(folder, "SELECT run_id FROM events WHERE type = 'status' AND data_json LIKE '%succeeded%' GROUP BY run_id HAVING count(*) > 1").ShouldBeEmpty();
        Read(folder, "SELECT run_id FROM ledger WHERE kind = 'charge'").Select(line => line[0]).ShouldBe(succeeded, ignoreOrder: true);
    }

    private static Task<ServerProcess> StartAsync(TemporaryFolder folder, string dialect, FakeServer[] fakes, Uri? url) => ServerProcess.StartAsync(
        folder.File("data"),
        [
            $"Fleets:gpus:Dialect={dialect}", .. fakes.Index().Select(fake => $"Fleets:gpus:Endpoints:{fake.Index}={fake.Item.Url}"), "Fleets:gpus:PollSeconds=0.2", "Fleets:gpus:Concurrency=2",
            "Fleets:gpus:Steps=4", "Engines:Bindings:wan-video/wan2.2/i2v-a14b:0=fleet:gpus", "Worker:PollMilliseconds=100", "Runs:MaxAttempts=10", "Outbound:Operator:Allow:0=127.0.0.0/8",
            .. TestSettings.OpenLoopback,
        ],
        Ct,
        url);

    private static async Task CreateAsync(ServerProcess server, int number)
    {
        var input = new JsonObject { ["image_url"] = _picture, ["prompt"] = $"a cat, number {number}", ["resolution"] = "480p", ["num_frames"] = Frames };
        using var created = await server.Client.PostAsJsonAsync(Runs, new JsonObject { ["input"] = input, ["client_ref"] = $"{number}" }, Ct);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>One answer in five is wrong.</summary>
    private static async Task FaultsAsync(FakeServer fake)
    {
        async Task AddAsync(string on, string kind, double rate, JsonObject? more = null)
        {
            more ??= [];
            more["rate"] = rate;
            more["times"] = 1_000_000;
            await fake.FaultAsync(on, kind, more);
        }

        await AddAsync("POST /v1/", "status", 0.05, new() { ["status"] = 500 });
        await AddAsync("POST /v1/", "status", 0.05, new() { ["status"] = 429 });
        await AddAsync("POST /v1/", "lost", 0.05);
        await AddAsync("POST /v1/", "refused", 0.05);
        await AddAsync("GET /v1/", "status", 0.05, new() { ["status"] = 500 });
        await AddAsync("GET /v1/", "malformed", 0.05);
        await AddAsync("GET /v1/", "refused", 0.05);
        await AddAsync("GET /v1/", "truncated", 0.05);
    }

    private static List<string[]> Read(TemporaryFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.File("data"), "kinema.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture) ?? "")]);
        return rows;
    }
}
