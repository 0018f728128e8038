using Kinema.Worker.Protocol;
using Kinema.Worker.Remote;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Workers;

/// <summary><c>POST /v1/worker/heartbeats</c></summary>
internal static class HeartbeatsEndpoint
{
    public static async Task<IResult> HandleAsync(HttpRequest request, HttpContext http, HeartbeatsForWorker heartbeats, CancellationToken ct)
    {
        var (message, refusal) = await WorkerMessage.ReadAsync(request, WorkerProtocolJson.Default.SendHeartbeats, ct);
        if (refusal is not null)
            return refusal;

        return message!.Attempts.Count > WorkerProtocol.MaxAttempts
            ? WorkerErrors.Invalid("attempts", $"must name at most {WorkerProtocol.MaxAttempts} attempts; got {message.Attempts.Count}")
            : WorkerMessage.Answer(await heartbeats.HandleAsync(CallingWorker.Of(http).Worker, message, ct), WorkerProtocolJson.Default.HeartbeatsReply);
    }
}
