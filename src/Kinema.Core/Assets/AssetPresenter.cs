using Kinema.Core.Artifacts;
using Kinema.Core.Json;
using Kinema.Core.Lists;

namespace Kinema.Core.Assets;

/// <summary>Writes assets and a new upload as JSON.</summary>
public sealed class AssetPresenter(ISignedUrls urls)
{
    private static readonly RecordWriter<(Asset Asset, ISignedUrls Urls)> _record = new(
        ("id", (w, n, a) => w.WriteString(n, a.Asset.Id)),
        ("org_id", (w, n, a) => w.WriteString(n, a.Asset.OrgId)),
        ("folder_id", (w, n, a) => w.WriteId(n, a.Asset.FolderId)),
        ("name", (w, n, a) => w.WriteString(n, a.Asset.Name)),
        ("r2_key", RecordWriter.Null),
        ("url", (w, n, a) => w.WriteString(n, a.Asset.ConfirmedAt is null ? null : a.Urls.ForAsset(a.Asset.OrgId, a.Asset.Id).AbsoluteUri)),
        ("thumbnail_url", RecordWriter.Null),
        ("mime_type", (w, n, a) => w.WriteString(n, a.Asset.MimeType)),
        ("size_bytes", (w, n, a) => w.WriteNumber(n, a.Asset.SizeBytes)),
        ("asset_type", (w, n, a) => w.WriteString(n, AssetTypes.Of(a.Asset.MimeType))),
        ("source_type", (w, n, a) => w.WriteString(n, a.Asset.SourceType)),
        ("source_id", RecordWriter.Null),
        ("created_by", (w, n, a) => w.WriteId(n, a.Asset.CreatedBy)),
        ("created_at", (w, n, a) => w.WriteTime(n, a.Asset.CreatedAt)),
        ("updated_at", (w, n, a) => w.WriteTime(n, a.Asset.ConfirmedAt ?? a.Asset.CreatedAt)),
        ("deleted_at", RecordWriter.Null),
        ("deleted_by", RecordWriter.Null),
        ("created_by_user", RecordWriter.Null));

    /// <summary>Every member of a record, in its order.</summary>
    public static IReadOnlyList<string> Names => _record.Names;

    public byte[] PresentUpload(Asset asset) => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("asset_id", asset.Id);
        writer.WriteString("upload_url", urls.ForUpload(asset.OrgId, asset.Id).AbsoluteUri);
        writer.WriteEndObject();
    });

    public byte[] Present(Asset asset) => WireJson.Write(writer => _record.Write(writer, (asset, urls)));

    public byte[] PresentPage(AssetPage page, ListQuery query) => WireJson.WriteList(
        page.Items,
        (writer, asset) => _record.Write(writer, (asset, urls), query.Fields),
        ListCursorCodec.Start,
        Next(page, query),
        Previous(page, query),
        PartialPage.Warning("assets", AssetPage.MaxExamined, page.IsCut, page.Examined is not null, query.Backwards));

    // Reading backwards, the asset at the cursor itself follows the page.
    private static string? Next(AssetPage page, ListQuery query) =>
        page.Items.Count > 0 && (query.Backwards || page.HasMore) ? ListCursorCodec.Encode(AssetFields.PlaceOf(page.Items[^1], query.Sort), backwards: false, query.Sort)
        : !query.Backwards && page.Examined is { } examined ? ListCursorCodec.Encode(examined, backwards: false, query.Sort)
        : null;

    private static string? Previous(AssetPage page, ListQuery query) =>
        page.Items.Count > 0 && (query.Backwards ? page.HasMore : query.Cursor is not null)
            ? ListCursorCodec.Encode(AssetFields.PlaceOf(page.Items[0], query.Sort), backwards: true, query.Sort)
        : query.Backwards && page.Examined is { } examined ? ListCursorCodec.Encode(examined, backwards: true, query.Sort)
        : null;
}
