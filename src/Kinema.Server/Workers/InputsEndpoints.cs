using Kinema.Worker.Protocol;
using Kinema.Worker.Remote;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Server.Workers;

/// <summary><c>/v1/worker/attempts/{run}/{fence}/inputs</c></summary>
internal static class InputsEndpoints
{
    public static async Task<IResult> PrepareAsync(Guid runId, long fence, HttpContext http, PrepareForWorker prepare, CancellationToken ct)
    {
        // Workers of earlier versions ask without saying anything.
        var (question, refusal) = http.Request.ContentLength == 0
            ? (new PrepareInputsOf(), null)
            : await WorkerMessage.ReadAsync(http.Request, WorkerProtocolJson.Default.PrepareInputsOf, ct);
        if (refusal is not null)
            return refusal;

        var attempt = CallingWorker.Of(http).Attempt(runId, fence);
        return await prepare.HandleAsync(attempt, question!.TakesPrompt, TimeSpan.FromSeconds(WorkerProtocol.LongestPollSeconds), ct) is { } reply
            ? WorkerMessage.Answer(reply, WorkerProtocolJson.Default.InputsReply)
            : WorkerErrors.AttemptGone(runId, fence);
    }

    public static async Task<IResult> ReadAsync(Guid runId, long fence, string digest, HttpContext http, ReadInputForWorker read, CancellationToken ct) =>
        await read.HandleAsync(CallingWorker.Of(http).Attempt(runId, fence), digest, ct) is { } input
            ? TypedResults.PhysicalFile(input.Path, input.ContentType, entityTag: new EntityTagHeaderValue($"\"{digest}\""), enableRangeProcessing: true)
            : WorkerErrors.AttemptGone(runId, fence);
}
