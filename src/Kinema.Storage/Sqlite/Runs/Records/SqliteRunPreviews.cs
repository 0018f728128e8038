using Dapper;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs.Records;

internal sealed class SqliteRunPreviews(IStoreDatabase database) : IRunPreviews
{
    public Task<RunPreview?> FindAsync(Guid orgId, Guid runId, CancellationToken ct) => database.ReadAsync(
        c => c.QuerySingleOrDefault<Row>(Sql.FindPreview, new { orgId = orgId.ToString(), runId = runId.ToString() }) is { } row
            ? new RunPreview(row.ContentType, row.Content, row.Sequence)
            : null,
        ct);

    private sealed class Row
    {
        public required string ContentType { get; init; }
        public required byte[] Content { get; init; }
        public required long Sequence { get; init; }
    }
}
