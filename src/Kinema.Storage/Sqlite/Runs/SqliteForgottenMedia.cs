using System.Text.Json;
using Dapper;
using Kinema.Core.Artifacts;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Records keep the time at which their media were given up.</summary>
internal sealed class SqliteForgottenMedia(SqliteDatabase database) : IForgottenMedia
{
    public Task<IReadOnlySet<string>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken ct) =>
        database.ReadAsync<IReadOnlySet<string>>(
            c => c.Query<string>(Sql.FindForgottenArtifacts, new { keys = ToJson(keys) }).ToHashSet(StringComparer.Ordinal), ct);

    public Task<IReadOnlySet<(Guid OrgId, string Digest)>> FindAsync(IReadOnlyCollection<(Guid OrgId, string Digest)> contents, CancellationToken ct) =>
        database.ReadAsync<IReadOnlySet<(Guid OrgId, string Digest)>>(
            c => c.Query<(string OrgId, string Digest)>(Sql.FindForgottenContents, new { digests = ToJson(contents.Select(content => content.Digest)) })
                .Select(row => (Guid.Parse(row.OrgId), row.Digest))
                .ToHashSet(),
            ct);

    private static string ToJson(IEnumerable<string> values) =>
        JsonSerializer.Serialize<IReadOnlyList<string>>([.. values], StorageJson.Default.IReadOnlyListString);
}
