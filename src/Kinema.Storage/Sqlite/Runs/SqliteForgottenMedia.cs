using Dapper;
using Kinema.Core.Artifacts;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Records keep the time at which their media were given up.</summary>
internal sealed class SqliteForgottenMedia(IStoreDatabase database) : IForgottenMedia
{
    public Task<IReadOnlyDictionary<string, DateTimeOffset>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyDictionary<string, DateTimeOffset>>(
            c => c.Query<(string Key, long At)>(Sql.FindForgottenArtifacts, new { keys = StorageJson.Texts(keys) })
                .ToDictionary(row => row.Key, row => row.At.FromMicros(), StringComparer.Ordinal),
            ct);

    public Task<IReadOnlyDictionary<(Guid OrgId, string Digest), DateTimeOffset>> FindAsync(
        IReadOnlyCollection<(Guid OrgId, string Digest)> contents, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyDictionary<(Guid OrgId, string Digest), DateTimeOffset>>(
            c => c.Query<(string OrgId, string Digest, long At)>(Sql.FindForgottenContents, new { digests = StorageJson.Texts(contents.Select(content => content.Digest)) })
                .ToDictionary(row => (Guid.Parse(row.OrgId), row.Digest), row => row.At.FromMicros()),
            ct);
}
