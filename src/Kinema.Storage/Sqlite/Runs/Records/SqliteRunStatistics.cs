using Dapper;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs.Records;

internal sealed class SqliteRunStatistics(IStoreDatabase database) : IRunStatistics
{
    public Task<IReadOnlyList<RunCount>> ReadAsync(Guid orgId, DateTimeOffset start, DateTimeOffset end, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<RunCount>>(
            c => [.. c.Query<Row>(Sql.ReadStatistics, new { orgId = orgId.ToString(), start = start.ToMicros(), end = end.ToMicros() }).Select(row => row.ToCount())],
            ct);

    private sealed class Row
    {
        public required long Day { get; init; }
        public required string ModelSlug { get; init; }
        public required string SourceCode { get; init; }
        public required long Runs { get; init; }
        public required long Spend { get; init; }
        public required long Ended { get; init; }
        public required long Duration { get; init; }

        public RunCount ToCount() => new(
            DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(Day)), ModelSlug, SourceCode, Runs, new Money(Spend), Ended, TimeSpan.FromMicroseconds(Duration));
    }
}
