using Kinema.Server.Errors;
using Kinema.Worker.Protocol;
using Kinema.Worker.Remote;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Workers;

/// <summary><c>POST /v1/worker/attempts/{run}/{fence}/delivery</c></summary>
internal static class DeliveryEndpoint
{
    public static async Task<IResult> HandleAsync(Guid runId, long fence, HttpRequest request, HttpContext http, DeliverForWorker deliver, CancellationToken ct)
    {
        var (message, refusal) = await WorkerMessage.ReadAsync(request, WorkerProtocolJson.Default.DeliverVideo, ct);
        if ((refusal ?? Refuse(message!)) is { } refused)
            return refused;

        return await deliver.HandleAsync(CallingWorker.Of(http).Worker, CallingWorker.Of(http).Attempt(runId, fence), message!, ct) is { } reply
            ? WorkerMessage.Answer(reply, WorkerProtocolJson.Default.EndReply)
            : WorkerErrors.AttemptGone(runId, fence);
    }

    private static ApiError? Refuse(DeliverVideo delivery) =>
        delivery.ModelData.ToJsonString() is { Length: > WorkerProtocol.MaxModelData } data
            ? WorkerErrors.Invalid("model_data", $"must have at most {WorkerProtocol.MaxModelData} characters as JSON; got {data.Length}")
            : null;
}
