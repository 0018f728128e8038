using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using Microsoft.Data.Sqlite;

namespace Kinema.Hosted.Tests;

/// <summary>Runs of a real server whose process is killed again and again, through a provider with faults.</summary>
public sealed class DurableRunsTests
{
    private const string Runs = "/v1/models/alibaba/wan/v2.7/image-to-video/runs";
    private const int Seconds = 2;

    /// <summary>Looks at the runs, four a second, between two kills.</summary>
    private const int LooksPerKill = 28;

    /// <summary>A grey BMP of 256×256.</summary>
    private static string SmallPicture
    {
        get
        {
            var bytes = new byte[54 + (256 * 256 * 3)];
            bytes.AsSpan(54).Fill(128);
            "BM"u8.CopyTo(bytes);
            foreach (var (at, value) in ((int, int)[])[(2, bytes.Length), (10, 54), (14, 40), (18, 256), (22, 256), (26, 1 | (24 << 16))])
                BitConverter.TryWriteBytes(bytes.AsSpan(at), value);
            return "data:image/bmp;base64," + Convert.ToBase64String(bytes);
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task Twenty_runs_end_once_each_with_one_task_each_through_faults_and_kills() => EndOnceAsync(20);

    [Fact]
    [Trait("Set", "long")]
    public Task Two_hundred_runs_end_once_each_with_one_task_each_through_faults_and_kills() => EndOnceAsync(200);

    private static async Task EndOnceAsync(int count)
    {
        using var folder = new TemporaryFolder();
        await using var fake = await FakeServer.StartAsync("dashscope", "--pending", "200", "--running", "800", "--slots", "8");
        var began = Stopwatch.GetTimestamp();
        var server = await StartAsync(folder, fake, null);
        try
        {
            await FaultsAsync(fake);
            for (var n = 0; n < count; n++)
                await CreateAsync(server, n);

            var kills = 0;
            for (var looks = 1; Read(folder, "SELECT id FROM runs WHERE completed_at IS NULL").Count > 0; looks++)
            {
                (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60 + (count * 3))).ShouldBeTrue($"it does not come to an end:\n{server.Log}");
                await Task.Delay(TimeSpan.FromSeconds(0.25), Ct);
                if (looks % LooksPerKill != 0)
                    continue;
                server.Log.ShouldNotContain(HostedRig.Key);
                server.Log.ShouldNotContain("Signature=");
                await server.KillAsync();
                kills++;
                server = await StartAsync(folder, fake, server.Url);
            }

            await server.KillAsync();
            await ShouldAddUpAsync(folder, fake, count, kills, Stopwatch.GetElapsedTime(began));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static async Task ShouldAddUpAsync(TemporaryFolder folder, FakeServer fake, int count, int kills, TimeSpan took)
    {
        var runs = Read(folder, "SELECT id, status, failure_code FROM runs");
        var succeeded = runs.Where(run => run[1] == "succeeded").Select(run => run[0]).ToHashSet();
        var codes = string.Join(", ", runs.Select(run => run[2]).Where(code => code.Length > 0).GroupBy(code => code).Select(group => $"{group.Count()} {group.Key}"));
        var tasks = (await fake.TasksAsync()).Count;
        var submits = (await fake.RequestsAsync(HostedRig.Submit)).Count;
        TestContext.Current.SendDiagnosticMessage($"{count} runs, {succeeded.Count} succeeded ({codes}), {kills} kills, {submits} submits, {tasks} tasks, {took.TotalSeconds:0} s");

        runs.Count.ShouldBe(count);
        succeeded.Count.ShouldBeGreaterThanOrEqualTo(count * 9 / 10, codes);
        tasks.ShouldBeInRange(succeeded.Count, count, "no run has two tasks");
        Read(folder, "SELECT run_id FROM events WHERE type = 'status' AND data_json LIKE '%succeeded%' GROUP BY run_id HAVING count(*) > 1").ShouldBeEmpty();
        var charged = Read(folder, "SELECT run_id, amount FROM ledger WHERE kind = 'charge'");
        charged.Select(line => line[0]).ShouldBe(succeeded, ignoreOrder: true);
        charged.ShouldAllBe(line => line[1] == (Seconds * 100_000).ToString(CultureInfo.InvariantCulture));
        Read(folder, "SELECT run_id FROM ledger WHERE kind = 'provider_cost' GROUP BY run_id HAVING count(*) > 1").ShouldBeEmpty("a task is paid once");
        succeeded.ShouldBeSubsetOf(Read(folder, "SELECT run_id FROM ledger WHERE kind = 'provider_cost'").Select(line => line[0]));
    }

    private static Task<ServerProcess> StartAsync(TemporaryFolder folder, FakeServer fake, Uri? url) => ServerProcess.StartAsync(
        folder.File("data"),
        [
            $"Hosted:DashScope:BaseUrl={fake.Url}", "Hosted:DashScope:PollSeconds=0.3", "Hosted:DashScope:ConcurrentTasks=8", "Hosted:DashScope:SubmitsPerSecond=50",
            "Hosted:DashScope:ReconcileHours=0.006", "Engines:Bindings:alibaba/wan/v2.7/image-to-video:0=dashscope", "Worker:PollMilliseconds=100", "Runs:MaxAttempts=10",
            "Outbound:Operator:Allow:0=127.0.0.0/8", .. TestSettings.OpenLoopback,
        ],
        Ct,
        url,
        ("Kinema__Hosted__DashScope__ApiKey", HostedRig.Key));

    private static async Task CreateAsync(ServerProcess server, int number)
    {
        var input = new JsonObject { ["image_url"] = SmallPicture, ["prompt"] = $"a cat, number {number}", ["resolution"] = "720p", ["duration"] = Seconds };
        using var created = await server.Client.PostAsJsonAsync(Runs, new JsonObject { ["input"] = input, ["client_ref"] = $"{number}" }, Ct);
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
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

        static JsonObject Status(int status, string code) => new() { ["status"] = status, ["body"] = new JsonObject { ["code"] = code, ["message"] = "not now", ["request_id"] = "r" } };
        await AddAsync(HostedRig.Submit, "status", 0.06, Status(500, "InternalError"));
        await AddAsync(HostedRig.Submit, "status", 0.06, Status(429, "Throttling.RateQuota"));
        await AddAsync(HostedRig.Submit, "error200", 0.04);
        await AddAsync(HostedRig.Submit, "lost", 0.04);
        await AddAsync("GET /api/v1/tasks", "status", 0.06, Status(500, "InternalError"));
        await AddAsync("GET /api/v1/tasks", "malformed", 0.06);
        await AddAsync("GET /api/v1/tasks", "refused", 0.04);
        await AddAsync("GET /api/v1/tasks", "strings", 0.04);
        await AddAsync("GET /result", "expired", 0.03);
        await AddAsync("GET /result", "truncated", 0.03);
        await AddAsync("GET /result", "slow", 0.14, new JsonObject { ["ms"] = 300 });
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
