using System.Data;
using Dapper;
using Kinema.Core.Assets;

namespace Kinema.Storage.Sqlite.Assets;

/// <summary>A row of <c>assets</c>.</summary>
internal sealed class AssetRow
{
    public required string Id { get; init; }
    public required string OrgId { get; init; }
    public required string Name { get; init; }
    public required string MimeType { get; init; }
    public required long SizeBytes { get; init; }
    public string? Digest { get; init; }
    public required string SourceType { get; init; }
    public string? CreatedBy { get; init; }
    public required long CreatedAt { get; init; }
    public long? ConfirmedAt { get; init; }
    public string? FolderId { get; init; }

    public Asset ToAsset() => new()
    {
        Id = Guid.Parse(Id),
        OrgId = Guid.Parse(OrgId),
        Name = Name,
        MimeType = MimeType,
        SizeBytes = SizeBytes,
        Digest = Digest,
        SourceType = SourceType,
        CreatedBy = CreatedBy is null ? null : Guid.Parse(CreatedBy),
        CreatedAt = CreatedAt.FromMicros(),
        ConfirmedAt = ConfirmedAt.FromMicros(),
        FolderId = FolderId is null ? null : Guid.Parse(FolderId),
    };

    /// <param name="connection">Connection with the caller's transaction.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="runId">The run whose inline data it was.</param>
    public static int Add(IDbConnection connection, Asset asset, string? runId = null) => connection.Execute(Sql.AddAsset, new
    {
        id = asset.Id.ToString(),
        orgId = asset.OrgId.ToString(),
        name = asset.Name,
        mimeType = asset.MimeType,
        sizeBytes = asset.SizeBytes,
        digest = asset.Digest,
        sourceType = asset.SourceType,
        createdBy = asset.CreatedBy?.ToString(),
        createdAt = asset.CreatedAt.ToMicros(),
        confirmedAt = asset.ConfirmedAt.ToMicros(),
        runId,
    });
}
