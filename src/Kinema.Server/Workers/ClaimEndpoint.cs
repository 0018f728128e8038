using Kinema.Server.Errors;
using Kinema.Worker.Protocol;
using Kinema.Worker.Remote;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Workers;

/// <summary><c>POST /v1/worker/claims</c></summary>
internal static class ClaimEndpoint
{
    public static async Task<IResult> HandleAsync(HttpRequest request, HttpContext http, ClaimForWorker claim, CancellationToken ct)
    {
        var (message, refusal) = await WorkerMessage.ReadAsync(request, WorkerProtocolJson.Default.ClaimWork, ct);
        return (refusal ?? Refuse(message!, CallingWorker.Of(http))) is { } refused
            ? refused
            : WorkerMessage.Answer(await claim.HandleAsync(CallingWorker.Of(http).Worker, message!, ct), WorkerProtocolJson.Default.ClaimReply);
    }

    private static ApiError? Refuse(ClaimWork claim, CallingWorker caller)
    {
        if (claim.WaitSeconds is < 0 or > WorkerProtocol.LongestPollSeconds)
            return WorkerErrors.Invalid("wait_seconds", $"must be 0 to {WorkerProtocol.LongestPollSeconds}; got {claim.WaitSeconds}");
        if (claim.Holding.Count > WorkerProtocol.MaxAttempts)
            return WorkerErrors.Invalid("holding", $"must name at most {WorkerProtocol.MaxAttempts} attempts; got {claim.Holding.Count}");

        var registered = caller.Worker.Engines.Select(engine => engine.Id).ToHashSet(StringComparer.Ordinal);
        return claim.Engines.Count < 1 || !claim.Engines.All(registered.Contains) || claim.Loaded?.All(claim.Engines.Contains) == false
            ? WorkerErrors.Invalid("engines", $"must name engines that this worker registered: {string.Join(", ", registered)}; loaded must name some of them")
            : null;
    }
}
