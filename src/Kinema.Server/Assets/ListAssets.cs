using Kinema.Core.Assets;
using Kinema.Core.Lists;
using Kinema.Server.Auth;
using Kinema.Server.Requests;
using Kinema.Server.Runs;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Assets;

/// <summary>Lists confirmed assets, newest first unless asked otherwise.</summary>
internal static class ListAssets
{
    public static async Task<IResult> HandleAsync(
        HttpRequest request, Caller caller, IAssets assets, IUnindexedLists unindexed, AssetPresenter presenter, CancellationToken ct)
    {
        if (ListResult.Read(request, AssetFields.Schema, out var query) is { } refusal)
            return refusal;

        var isIndexed = AssetFields.IsIndexed(query!);
        using var slot = isIndexed ? null : await unindexed.EnterAsync(caller.OrgId, ct);
        return !isIndexed && slot is null
            ? UnindexedLists.Full("lists", "; narrow q to a range of created_at")
            : new JsonBodyResult(presenter.PresentPage(await assets.ListAsync(caller.OrgId, query!, ct), query!));
    }
}
