using System.Text.Json.Nodes;
using Kinema.Core.Artifacts;
using Kinema.Core.Assets;

namespace Kinema.Server.Assets;

internal static class AssetPresenter
{
    public static JsonObject Present(Asset asset, ISignedUrls urls) => new() { ["id"] = asset.Id, ["url"] = urls.ForAsset(asset.OrgId, asset.Id).AbsoluteUri };
}
