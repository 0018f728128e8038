using System.Globalization;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Kinema.Worker.Attempts;
using Kinema.Worker.Protocol;
using Kinema.Worker.Remote;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Workers;

/// <summary><c>/v1/worker/attempts/{run}/{fence}/artifacts/{name}</c>: how much of a file is here, and the next part of it.</summary>
internal static class ArtifactsEndpoints
{
    public static async Task<IResult> MeasureAsync(Guid runId, long fence, string name, HttpContext http, HttpResponse response, Uploads uploads, CancellationToken ct)
    {
        if (!OutputFiles.Names.Contains(name))
            return NotOurs();
        if (await uploads.MeasureAsync(CallingWorker.Of(http).Attempt(runId, fence), name, ct) is not { } length)
            return WorkerErrors.AttemptGone(runId, fence);

        Tell(response, length);
        return TypedResults.NoContent();
    }

    public static async Task<IResult> ReceiveAsync(Guid runId, long fence, string name, HttpContext http, HttpRequest request, Uploads uploads, CancellationToken ct)
    {
        if (!OutputFiles.Names.Contains(name))
            return NotOurs();
        if (BodyEncoding.IsPacked(request))
            return ApiErrors.UnsupportedMediaType("A file must come without Content-Encoding.");
        if (!long.TryParse(request.Headers[WorkerProtocol.OffsetHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return ApiErrors.BadRequest($"{WorkerProtocol.OffsetHeader} must be the number of bytes that the server has of the file.");

        var (outcome, length) = await uploads.ReceiveAsync(CallingWorker.Of(http).Attempt(runId, fence), name, offset, request.Body, ct);
        Tell(request.HttpContext.Response, length);
        return outcome switch
        {
            UploadOutcome.Received => TypedResults.NoContent(),
            UploadOutcome.NotHeld => WorkerErrors.AttemptGone(runId, fence),
            UploadOutcome.TooLong => ApiErrors.PayloadTooLarge($"A file may have at most {Uploads.MaxBytes} bytes."),
            _ => ApiErrors.Conflict($"The part begins at {offset} and the file ends at {length}, or another part is still being written; ask where the file ends and go on there."),
        };
    }

    private static ApiError NotOurs() => ApiErrors.NotFound($"An attempt delivers {string.Join(", ", OutputFiles.Names)}.");

    private static void Tell(HttpResponse response, long length) => response.Headers[WorkerProtocol.OffsetHeader] = length.ToString(CultureInfo.InvariantCulture);
}
