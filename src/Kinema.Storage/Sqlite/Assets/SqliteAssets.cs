using Dapper;
using Kinema.Core.Assets;

namespace Kinema.Storage.Sqlite.Assets;

internal sealed class SqliteAssets(SqliteDatabase database, TimeProvider timeProvider) : IAssets
{
    public Task CreateAsync(Asset asset, CancellationToken ct) => database.WriteAsync(c => AssetRow.Add(c, asset), ct);

    public Task<Asset?> FindAsync(Guid orgId, Guid id, CancellationToken ct) => database.ReadAsync(
        c => c.QuerySingleOrDefault<AssetRow>(Sql.FindAsset, new { id = id.ToString(), orgId = orgId.ToString() })?.ToAsset(), ct);

    public Task<bool> SetContentAsync(Guid orgId, Guid id, string digest, long sizeBytes, CancellationToken ct) => database.WriteAsync(
        c => c.Execute(Sql.SetAssetContent, new { id = id.ToString(), orgId = orgId.ToString(), digest, sizeBytes }) == 1, ct);

    public Task<Asset?> ConfirmAsync(Guid orgId, Guid id, CancellationToken ct) => database.WriteAsync(
        c => c.QuerySingleOrDefault<AssetRow>(
            Sql.ConfirmAsset, new { id = id.ToString(), orgId = orgId.ToString(), now = timeProvider.NowMicros() })?.ToAsset(),
        ct);
}
