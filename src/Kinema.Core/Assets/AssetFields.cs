using Kinema.Core.Lists;

namespace Kinema.Core.Assets;

/// <summary>The fields that assets can be filtered and sorted by, and their stored values.</summary>
public static class AssetFields
{
    public static readonly FilterField CreatedAt = new("created_at", FilterValueKind.Time, IsSortable: true);

    private static readonly (FilterField Field, Func<Asset, object?> Read)[] _fields =
    [
        (new("id", FilterValueKind.Id), asset => asset.Id.ToString()),
        (new("name", FilterValueKind.Text, IsSortable: true), asset => asset.Name),
        (new("mime_type", FilterValueKind.Text, IsSortable: true), asset => asset.MimeType),
        (new("asset_type", FilterValueKind.Choice, AssetTypes.Codes, IsSortable: true), asset => AssetTypes.Of(asset.MimeType)),
        (new("source_type", FilterValueKind.Choice, ["upload", "inline"], IsSortable: true), asset => asset.SourceType),
        (new("size_bytes", FilterValueKind.Integer, IsSortable: true), asset => asset.SizeBytes),
        (new("folder_id", FilterValueKind.Id), asset => asset.FolderId?.ToString()),
        (new("created_by", FilterValueKind.Id), asset => asset.CreatedBy?.ToString()),
        (CreatedAt, asset => Micros(asset.CreatedAt)),
        (new("updated_at", FilterValueKind.Time, IsSortable: true), asset => Micros(asset.ConfirmedAt ?? asset.CreatedAt)),
    ];

    public static ListSchema Schema { get; } = new()
    {
        Item = "an asset",
        Fields = [.. _fields.Select(field => field.Field)],
        Order = [new(CreatedAt, Descending: true)],
        Members = AssetPresenter.Names,
    };

    /// <summary>Whether the query is answered from the index of creation times: no other order, and no filter but a range of them.</summary>
    public static bool IsIndexed(ListQuery query) => IsByCreation(query) && (query.Filter is null || query.Filter.Conjuncts.All(IsIndexable));

    public static bool IsByCreation(ListQuery query) => query.Sort is [{ Field: var only }] && only == CreatedAt;

    public static bool IsIndexable(Filter term) => term.IsRangeOf(CreatedAt);

    public static ListCursor PlaceOf(Asset asset, IReadOnlyList<SortKey> sort) => new([.. sort.Select(key => Read(asset, key.Field))], asset.Id.ToString());

    private static object? Read(Asset asset, FilterField field) => _fields.Single(entry => entry.Field == field).Read(asset);

    private static long Micros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
