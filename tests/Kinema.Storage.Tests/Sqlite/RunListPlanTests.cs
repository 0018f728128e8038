using Dapper;
using Kinema.Core.Runs;
using Kinema.Storage.Sqlite;
using Kinema.Storage.Sqlite.Runs;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Tests.Sqlite;

/// <summary>A list walks the index of its equality, in order, from its cursor on.</summary>
public sealed class RunListPlanTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public RunListPlanTests()
    {
        _connection.Open();
        Migrations.Apply(_connection, 0);
    }

    public void Dispose() => _connection.Dispose();

    [Theory]
    [InlineData("", "runs_by_org (org_id=? AND (created_at,id)<(?,?))")]
    [InlineData("created_at>2026-01-01", "runs_by_org (org_id=? AND created_at>? AND ")]
    [InlineData("status_code:failed", "runs_by_status (org_id=? AND status=? AND (created_at,id)<(?,?))")]
    [InlineData("model:a/b", "runs_by_model (org_id=? AND model_slug=? AND (created_at,id)<(?,?))")]
    [InlineData("engine:motion", "runs_by_engine (org_id=? AND engine_id=? AND (created_at,id)<(?,?))")]
    [InlineData("client_ref:x", "runs_by_client_ref (org_id=? AND client_ref=? AND (created_at,id)<(?,?))")]
    [InlineData("engine:motion AND client_ref:x AND cost>1", "runs_by_client_ref (org_id=? AND client_ref=? AND (created_at,id)<(?,?))")]
    [InlineData("cost>1 OR NOT status_code:failed", "runs_by_org (org_id=? AND (created_at,id)<(?,?))")]
    public void A_list_uses_its_index_and_does_not_sort(string q, string index)
    {
        RunListRequest.Read(new(q, null, null, null, null, null), [], out var request).ShouldBeEmpty();
        var statement = new RunListStatement(Guid.Empty, request!.Query, ascending: false);
        statement.StartAfter(new RunCursor(DateTimeOffset.UnixEpoch, Guid.Empty));

        var plan = string.Join('\n', statement.Explain(_connection, "created_at DESC, id DESC", 50));

        plan.ShouldContain(index);
        plan.ShouldNotContain("TEMP B-TREE");
    }

    [Fact]
    public void Every_field_has_its_column()
    {
        foreach (var field in RunFields.All)
            _connection.Execute($"SELECT {RunColumns.ByField[field.Name]} FROM runs;");
        RunColumns.ByField.Count.ShouldBe(RunFields.All.Count);
    }
}
