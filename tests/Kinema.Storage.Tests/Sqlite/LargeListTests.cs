using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Kinema.Core.Runs;
using Kinema.Storage.Sqlite;
using Kinema.Storage.Sqlite.Runs;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Tests.Sqlite;

/// <summary>A page of a store with a million runs looks at a bounded number of them, and following the pages still reaches every match.</summary>
[Trait("Set", "long")]
public sealed class LargeListTests(LargeListTests.Store store) : IClassFixture<LargeListTests.Store>
{
    private const int Runs = 1_000_000;
    private static readonly Guid _org = Guid.CreateVersion7();

    private readonly SqliteConnection _connection = store.Connection;

    [Theory]
    [InlineData("", null, 50, false)]
    [InlineData("status_code:failed", null, 50, false)]
    [InlineData("client_ref:order-5", null, 3, false)]
    [InlineData("engine:wan AND created_at<1970-01-02", null, 50, false)]
    [InlineData("cost<0.5", null, 50, false)]
    [InlineData("request_id:none", null, 0, true)]
    [InlineData("status_code:failed AND engine:motion", null, 0, true)]
    [InlineData("", "cost", 50, true)]
    [InlineData("status_code:failed", "client_ref:desc", 50, true)]
    public void A_page_examines_a_bounded_number_of_runs(string q, string? sortBy, int expected, bool isCut)
    {
        RunListRequest.Read(new(q, null, sortBy, null, null, null), [], out var request).ShouldBeEmpty();
        RunListReader.Read(_connection, _org, request!.Query);

        var start = Stopwatch.GetTimestamp();
        var page = RunListReader.Read(_connection, _org, request.Query);
        TestContext.Current.SendDiagnosticMessage($"{q} {sortBy}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms");

        page.Items.Count.ShouldBe(expected);
        (page.IsCut || page.Examined is not null).ShouldBe(isCut);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Following_next_reaches_every_match_however_rare()
    {
        RunListRequest.Read(new("duration_ms:5000 AND id:000f423f-0000-7000-8000-000000000000 OR id:00000000-0000-7000-8000-000000000000", null, null, null, null, null), [], out var request).ShouldBeEmpty();
        var (found, pages) = (new List<Guid>(), 0);
        RunCursor? cursor = null;
        do
        {
            var page = RunListReader.Read(_connection, _org, request!.Query with { Cursor = cursor });
            found.AddRange(page.Items.Select(run => run.Id));
            cursor = page.Examined;
            pages++;
        }
        while (cursor is not null);

        found.Count.ShouldBe(2);
        pages.ShouldBe((Runs / RunPage.MaxExamined) + 1);
    }

    public sealed class Store : IDisposable
    {
        public Store()
        {
            // As SqliteDatabase does.
            DefaultTypeMap.MatchNamesWithUnderscores = true;
            Connection.Open();
            Migrations.Apply(Connection, 0);
            Connection.Execute("INSERT INTO orgs (id, name, slug, created_at) VALUES (@id, 'a', 'a', 0);", new { id = _org.ToString() });
            Connection.Execute(
                """
                INSERT INTO runs (id, org_id, model_id, model_slug, manifest_version, engine_id, status, source_code, input_json, effective_input_json, client_ref, output_json,
                  request_id, created_at, completed_at, deadline_at, available_at, held, cost, last_sequence)
                WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @runs - 1)
                SELECT printf('%08x-0000-7000-8000-000000000000', i), @org, '00000000-0000-7000-8000-000000000001', 'a/b', 1, iif(i % 10 = 0, 'wan', 'motion'),
                  iif(i % 100 = 0, 'failed', 'succeeded'), 'api', '{}', '{}', 'order-' || (i / 3), iif(i % 100 = 0, NULL, @output), 'r', i * 1000000, i * 1000000 + 5000000, 0, 0, 500000, iif(i % 100 = 0, 0, 500000), 1
                FROM n;
                """,
                new { runs = Runs, org = _org.ToString(), output = Output() });
        }

        public SqliteConnection Connection { get; } = new("Data Source=:memory:");

        public void Dispose() => Connection.Dispose();

        private static string Output() => JsonSerializer.Serialize(
            new RunOutput { Artifacts = [], ModelData = [], Timing = new(1, 1, 1, 1, 1, 1) }, StorageJson.Default.RunOutput);
    }
}
