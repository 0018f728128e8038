using System.Text.RegularExpressions;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Server.Errors;
using Kinema.Worker.Protocol;
using Kinema.Worker.Remote;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Workers;

/// <summary><c>POST /v1/worker/attempts/{run}/{fence}/outcome</c></summary>
internal static partial class OutcomeEndpoint
{
    private const int MaxDelaySeconds = 3600;

    private static readonly string[] _outcomes = [EndAttempt.Failed, EndAttempt.Refused, EndAttempt.Canceled, EndAttempt.Retry, EndAttempt.HandedBack];

    private static readonly string[] _stages =
        [FailureStages.Dispatch, FailureStages.Preprocess, FailureStages.Inference, FailureStages.Postprocess, FailureStages.Upload];

    public static async Task<IResult> HandleAsync(Guid runId, long fence, HttpRequest request, HttpContext http, EndForWorker end, CancellationToken ct)
    {
        var (message, refusal) = await WorkerMessage.ReadAsync(request, WorkerProtocolJson.Default.EndAttempt, ct);
        if ((refusal ?? Refuse(message!)) is { } refused)
            return refused;

        return await end.HandleAsync(CallingWorker.Of(http).Attempt(runId, fence), message!, ct)
            ? WorkerMessage.Answer(new EndReply(IsAccepted: true), WorkerProtocolJson.Default.EndReply)
            : WorkerErrors.AttemptGone(runId, fence);
    }

    private static ApiError? Refuse(EndAttempt end)
    {
        if (!_outcomes.Contains(end.Outcome))
            return WorkerErrors.Invalid("outcome", $"must be one of {string.Join(", ", _outcomes)}; got \"{ReceivedValue.Shorten(end.Outcome)}\"");
        if (end.DelaySeconds is not (>= 0 and <= MaxDelaySeconds))
            return WorkerErrors.Invalid("delay_seconds", $"must be 0 to {MaxDelaySeconds}");
        if (end.Outcome == EndAttempt.Refused && end.Reason is not { Length: > 0 and <= WorkerProtocol.MaxText })
            return WorkerErrors.Invalid("reason", $"must have 1 to {WorkerProtocol.MaxText} characters");
        return end.Outcome is EndAttempt.Failed or EndAttempt.Retry ? Refuse(end.Failure) : null;
    }

    private static ApiError? Refuse(RunFailure? failure)
    {
        if (failure is null)
            return WorkerErrors.Invalid("failure", "is required", FieldErrorTypes.Missing);
        if (!Code.IsMatch(failure.Code))
            return WorkerErrors.Invalid("failure.code", "must have 3 to 64 capital letters, digits and underscores");
        if (failure.Message.Length is < 1 or > WorkerProtocol.MaxText)
            return WorkerErrors.Invalid("failure.message", $"must have 1 to {WorkerProtocol.MaxText} characters; got {failure.Message.Length}");
        return _stages.Contains(failure.Stage) ? null : WorkerErrors.Invalid("failure.stage", $"must be one of {string.Join(", ", _stages)}");
    }

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{2,63}\z")]
    private static partial Regex Code { get; }
}
