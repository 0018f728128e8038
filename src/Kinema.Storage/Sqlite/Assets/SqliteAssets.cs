using Dapper;
using Kinema.Core.Assets;
using Kinema.Core.Lists;

namespace Kinema.Storage.Sqlite.Assets;

internal sealed class SqliteAssets(IStoreDatabase database, TimeProvider timeProvider) : IAssets
{
    public Task CreateAsync(Asset asset, CancellationToken ct) => database.WriteAsync(c => AssetRow.Add(c, asset), ct);

    public Task<Asset?> FindAsync(Guid orgId, Guid id, CancellationToken ct) => database.ReadAsync(
        c => c.QuerySingleOrDefault<AssetRow>(Sql.FindAsset, new { id = id.ToString(), orgId = orgId.ToString() })?.ToAsset(), ct);

    public Task<bool> SetContentAsync(Guid orgId, Guid id, AssetContent content, CancellationToken ct) => database.WriteAsync(
        c => c.Execute(
            Sql.SetAssetContent,
            new { id = id.ToString(), orgId = orgId.ToString(), digest = content.Digest, sizeBytes = content.SizeBytes, mimeType = content.MimeType }) == 1,
        ct);

    public Task<Asset?> ConfirmAsync(Guid orgId, Guid id, Guid? folderId, CancellationToken ct) => database.WriteAsync(
        c => c.QuerySingleOrDefault<AssetRow>(
            Sql.ConfirmAsset,
            new { id = id.ToString(), orgId = orgId.ToString(), folderId = folderId?.ToString(), now = timeProvider.NowMicros() })?.ToAsset(),
        ct);

    public Task<AssetPage> ListAsync(Guid orgId, ListQuery query, CancellationToken ct) =>
        database.ReadAsync(c => AssetListReader.Read(c, orgId, query), ct);

    public Task<AssetDeletion> DeleteAsync(Guid orgId, Guid id, CancellationToken ct) => database.WriteAsync(
        c =>
        {
            var asset = new { id = id.ToString(), orgId = orgId.ToString(), now = timeProvider.NowMicros() };
            if (c.QuerySingleOrDefault<string>(Sql.FindAssetUser, asset) is { } run)
                return new AssetDeletion(IsDeleted: false, Guid.Parse(run));

            return new AssetDeletion(c.Execute(Sql.DeleteAsset, asset) == 1, UsedBy: null);
        },
        ct);
}
