using Dapper;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs.Records;

internal sealed class SqliteRunPreviews(SqliteDatabase database) : IRunPreviews
{
    public Task<RunPreview?> FindAsync(Guid orgId, Guid runId, CancellationToken ct) => database.ReadAsync(
        c =>
        {
            var run = new { orgId = orgId.ToString(), runId = runId.ToString() };
            return c.ExecuteScalar<bool>(Sql.RunExists, run) && c.QuerySingleOrDefault<Row>(Sql.FindPreview, run) is { } row
                ? new RunPreview(row.ContentType, row.Content, row.Sequence)
                : null;
        },
        ct);

    private sealed class Row
    {
        public required string ContentType { get; init; }
        public required byte[] Content { get; init; }
        public required long Sequence { get; init; }
    }
}
