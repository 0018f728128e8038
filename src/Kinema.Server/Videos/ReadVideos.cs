using System.Globalization;
using Kinema.Core.Artifacts;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Files;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Videos;

/// <summary>Video objects, their list and their files.</summary>
internal static class ReadVideos
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    private static readonly Dictionary<string, string> _roles = new(StringComparer.Ordinal) { ["video"] = "video", ["thumbnail"] = "poster" };

    public static async Task<IResult> GetAsync(RouteId id, Caller caller, IRunLedger runs, VideoPresenter presenter, CancellationToken ct) =>
        await runs.FindAsync(caller.OrgId, id, ct) is { } run ? new JsonBodyResult(presenter.Present(run)) : VideoErrors.NotFound(id);

    public static async Task<IResult> ListAsync(HttpRequest request, Caller caller, IRunLedger runs, VideoPresenter presenter, CancellationToken ct)
    {
        var (limitText, order, after) = (request.Query["limit"].ToString(), request.Query["order"].ToString(), request.Query["after"].ToString());
        var limit = DefaultLimit;
        if (limitText.Length > 0 && !(int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit))
            return VideoErrors.Invalid("limit", $"limit must be an integer from 1 to {MaxLimit}; got \"{Core.Catalog.ReceivedValue.Shorten(limitText)}\"");
        if (order is not ("" or "asc" or "desc"))
            return VideoErrors.Invalid("order", $"order must be asc or desc; got \"{Core.Catalog.ReceivedValue.Shorten(order)}\"");

        RunCursor? cursor = null;
        if (after.Length > 0)
        {
            if (!Guid.TryParse(after, out var id) || await runs.FindAsync(caller.OrgId, id, ct) is not { } last)
                return VideoErrors.Invalid("after", $"after must be the id of a video; got \"{Core.Catalog.ReceivedValue.Shorten(after)}\"");
            cursor = new(last.CreatedAt, last.Id);
        }

        return new JsonBodyResult(presenter.Present(await runs.ListAsync(caller.OrgId, new() { Limit = limit, OldestFirst = order == "asc", Cursor = cursor }, ct)));
    }

    /// <summary>The file itself, with ranges.</summary>
    public static async Task<IResult> GetContentAsync(
        RouteId id, HttpRequest request, Caller caller, IRunLedger runs, IArtifactStore artifacts, TimeProvider timeProvider, CancellationToken ct)
    {
        var variant = request.Query["variant"] is { Count: > 0 } named ? named.ToString() : "video";
        if (!_roles.TryGetValue(variant, out var role))
            return VideoErrors.Invalid("variant", $"variant must be one of {string.Join(", ", _roles.Keys)}; got \"{Core.Catalog.ReceivedValue.Shorten(variant)}\"");
        if (await runs.FindAsync(caller.OrgId, id, ct) is not { } run)
            return VideoErrors.NotFound(id);
        if (run.Status != RunStatus.Succeeded)
            return ApiErrors.NotFound($"The video has no file: it is {run.Status.ToCode()}.");
        if (run.Output?.Artifacts.FirstOrDefault(file => file.Role == role) is not { } artifact || artifacts.Find(artifact.Key) is not { } path)
            return ApiErrors.NotFound("The file is no longer kept.");

        // Only whoever has the key may have it, so nothing in between keeps it.
        return new SignedFile(path, artifact.ContentType, $"{run.Id}{Path.GetExtension(artifact.Key)}", artifact.Digest, timeProvider.GetUtcNow());
    }
}
