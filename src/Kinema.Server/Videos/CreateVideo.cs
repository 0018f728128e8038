using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Core.Idempotency;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Idempotency;
using Kinema.Server.Models;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Videos;

/// <summary>Orders a video: puts the request into the form of a run's, and passes it to admission.</summary>
internal sealed class CreateVideo(
    CreateBody createBody,
    BodyMemory memory,
    EarlyRefusal earlyRefusal,
    CreateRun createRun,
    ICatalog catalog,
    ModelAvailability availability,
    RepeatedVideos repeated,
    VideoPresenter presenter,
    ServerAddress address,
    IWorkSignal workSignal)
{
    public async Task<IResult> HandleAsync(HttpRequest request, Caller caller, CancellationToken ct)
    {
        var (body, refusal) = await createBody.ReadAsync(request, VideoForm.RefuseType, () => RefuseEarlyAsync(caller, ct), ct);
        if (refusal is not null)
            return refusal;

        using var _ = body;
        var (form, unreadable) = await VideoForm.ReadAsync(request, body!.Bytes, ct);
        if (unreadable is not null)
            return unreadable;

        var named = form!.Values.GetValueOrDefault("model")?.ToString();
        if (await FindModelAsync(named, ct) is not { } model)
            return named is null ? new ApiError(ErrorCode.ModelUnavailable, "No model of this server accepts videos now.") : ApiErrors.ModelNotFound(ReceivedValue.Shorten(named));

        var (order, wrong) = VideoOrder.Read(form, model);
        return wrong ?? await OrderAsync(order!, model, request, caller, ct);
    }

    private async Task<IResult> OrderAsync(VideoOrder order, ModelManifest model, HttpRequest request, Caller caller, CancellationToken ct)
    {
        var keyed = request.HttpContext.Features.Get<KeyedRequest>();
        if (keyed?.Answer(System.Text.Encoding.ASCII.GetBytes(order.Digest)) is { } answer)
            return answer is ReplayedResult replayed ? replayed with { Status = StatusCodes.Status200OK } : answer;

        if (keyed is null && RepeatedVideos.IsRepetition(request))
        {
            if (repeated.IsUnderWay(caller, order.Digest))
                return ApiErrors.RequestUnderWay();
            if (await repeated.FindAsync(caller, order.Digest, ct) is { } earlier)
                return new JsonBodyResult(presenter.Present(earlier));
        }

        using var use = repeated.Begin(caller, order.Digest);
        using var body = await memory.TryRentAsync(order.BodyLength, ct);
        if (body is null)
            return ApiErrors.ServerBusy("The server holds as many large bodies as fit; try again, or upload the picture first (POST /v1/asset-uploads).");

        order.WriteTo(body);
        var command = PostRun.CommandOf(request, caller, model.Slug, body.Bytes) with
        {
            Answer = keyed is null ? null : (run, _) => keyed.ForRun(presenter.Present(run), LocationOf(run), run.Id),
        };
        try
        {
            if (await createRun.HandleAsync(command, ct) is var result && result is not CreateRunResult.Created)
                return VideoErrors.Rename(CreateRefusal.Of(result), model);

            workSignal.Notify(SignalTopic.Queue);
            return new JsonBodyResult(presenter.Present(((CreateRunResult.Created)result).Run));
        }
        catch (IdempotencyKeyTakenException)
        {
            return ApiErrors.RequestUnderWay();
        }
    }

    /// <summary>The model is known only when the body has been read; what the whole server has no room for is refused before.</summary>
    private async Task<IResult?> RefuseEarlyAsync(Caller caller, CancellationToken ct) =>
        catalog.EnabledModels.FirstOrDefault() is { } any && await earlyRefusal.CheckAsync(caller.OrgId, any.Slug, ct) is { } refused ? CreateRefusal.Of(refused) : null;

    private async Task<ModelManifest?> FindModelAsync(string? named, CancellationToken ct) => named is not null
        ? catalog.FindByPath(named)
        : (await availability.ReadAsync(ct)).FirstOrDefault(entry => entry.IsAvailable)?.Manifest;

    private string LocationOf(Run run) => new Uri(address.Base, $"v1/videos/{run.Id}").AbsoluteUri;
}
