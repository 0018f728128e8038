using Kinema.Core.Artifacts;
using Kinema.Core.Json;
using Kinema.Core.Lists;

namespace Kinema.Core.Assets;

/// <summary>Writes assets and a new upload as JSON.</summary>
public sealed class AssetPresenter
{
    private readonly ISignedUrls _urls;
    private readonly RecordWriter<Asset> _record;

    public AssetPresenter(ISignedUrls urls)
    {
        _urls = urls;
        _record = CreateRecord(urls);
    }

    /// <summary>Every member of a record, in its order.</summary>
    public static IReadOnlyList<string> Names { get; } = CreateRecord(urls: null!).Names;

    public byte[] PresentUpload(Asset asset) => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("asset_id", asset.Id);
        writer.WriteString("upload_url", _urls.ForUpload(asset.OrgId, asset.Id).AbsoluteUri);
        writer.WriteEndObject();
    });

    public byte[] Present(Asset asset) => WireJson.Write(writer => _record.Write(writer, asset));

    public byte[] PresentPage(AssetPage page, ListQuery query) => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var asset in page.Items)
            _record.Write(writer, asset, query.Fields);
        writer.WriteEndArray();
        WireJson.WritePageLinks(writer, ListCursorCodec.Start, Next(page, query), Previous(page, query));
        if (Warning(page, query) is { } warning)
        {
            writer.WriteStartArray("warnings");
            writer.WriteStringValue(warning);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    });

    private static string? Warning(AssetPage page, ListQuery query) =>
        page.IsCut ? $"No index serves this sort_by: the newest {AssetPage.MaxExamined} assets were sorted, older ones are left out. Narrow q by created_at to reach them."
        : page.Examined is not null ? $"No index serves this q: {AssetPage.MaxExamined} assets were examined for this page. Follow {(query.Backwards ? "previous" : "next")} to go on."
        : null;

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

    private static RecordWriter<Asset> CreateRecord(ISignedUrls urls) => new(
        ("id", (w, n, a) => w.WriteString(n, a.Id)),
        ("org_id", (w, n, a) => w.WriteString(n, a.OrgId)),
        ("folder_id", (w, n, a) => w.WriteId(n, a.FolderId)),
        ("name", (w, n, a) => w.WriteString(n, a.Name)),
        ("r2_key", RecordWriter.Null),
        ("url", (w, n, a) => w.WriteString(n, a.ConfirmedAt is null ? null : urls.ForAsset(a.OrgId, a.Id).AbsoluteUri)),
        ("thumbnail_url", RecordWriter.Null),
        ("mime_type", (w, n, a) => w.WriteString(n, a.MimeType)),
        ("size_bytes", (w, n, a) => w.WriteNumber(n, a.SizeBytes)),
        ("asset_type", (w, n, a) => w.WriteString(n, AssetTypes.Of(a.MimeType))),
        ("source_type", (w, n, a) => w.WriteString(n, a.SourceType)),
        ("source_id", RecordWriter.Null),
        ("created_by", (w, n, a) => w.WriteId(n, a.CreatedBy)),
        ("created_at", (w, n, a) => w.WriteTime(n, a.CreatedAt)),
        ("updated_at", (w, n, a) => w.WriteTime(n, a.ConfirmedAt ?? a.CreatedAt)),
        ("deleted_at", RecordWriter.Null),
        ("deleted_by", RecordWriter.Null),
        ("created_by_user", RecordWriter.Null));
}
