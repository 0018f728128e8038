using System.Text.Json;
using Kinema.Core.Artifacts;
using Kinema.Core.Json;

namespace Kinema.Core.Assets;

/// <summary>Writes an asset and a new upload as JSON.</summary>
public sealed class AssetPresenter(ISignedUrls urls)
{
    public byte[] PresentUpload(Asset asset) => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("asset_id", asset.Id);
        writer.WriteString("upload_url", urls.ForUpload(asset.OrgId, asset.Id).AbsoluteUri);
        writer.WriteEndObject();
    });

    public byte[] Present(Asset asset) => WireJson.Write(writer => Write(writer, asset));

    public byte[] PresentPage(AssetPage page) => WireJson.WriteList(page.Items, Write, page.HasMore ? page.Items[^1].Id.ToString() : null);

    private void Write(Utf8JsonWriter writer, Asset asset)
    {
        writer.WriteStartObject();
        writer.WriteString("id", asset.Id);
        writer.WriteString("org_id", asset.OrgId);
        writer.WriteId("folder_id", asset.FolderId);
        writer.WriteString("name", asset.Name);
        writer.WriteNull("r2_key");
        writer.WriteString("url", asset.ConfirmedAt is null ? null : urls.ForAsset(asset.OrgId, asset.Id).AbsoluteUri);
        writer.WriteNull("thumbnail_url");
        writer.WriteString("mime_type", asset.MimeType);
        writer.WriteNumber("size_bytes", asset.SizeBytes);
        writer.WriteString("asset_type", AssetTypes.Of(asset.MimeType));
        writer.WriteString("source_type", asset.SourceType);
        writer.WriteNull("source_id");
        writer.WriteId("created_by", asset.CreatedBy);
        writer.WriteTime("created_at", asset.CreatedAt);
        writer.WriteTime("updated_at", asset.ConfirmedAt ?? asset.CreatedAt);
        writer.WriteNull("deleted_at");
        writer.WriteNull("deleted_by");
        writer.WriteNull("created_by_user");
        writer.WriteEndObject();
    }
}
