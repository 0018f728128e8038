using Kinema.Core.Runs;
using Kinema.Server.Errors;
using Kinema.Worker.Protocol;
using Kinema.Worker.Remote;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Workers;

/// <summary><c>POST /v1/worker/appends</c></summary>
internal static class AppendsEndpoint
{
    private const int MaxStage = 64;

    public static async Task<IResult> HandleAsync(HttpRequest request, HttpContext http, AppendsForWorker appends, CancellationToken ct)
    {
        var (message, refusal) = await WorkerMessage.ReadAsync(request, WorkerProtocolJson.Default.SendAppends, ct);
        return (refusal ?? Refuse(message!)) is { } refused
            ? refused
            : WorkerMessage.Answer(await appends.HandleAsync(CallingWorker.Of(http).Worker, message!, ct), WorkerProtocolJson.Default.AppendsReply);
    }

    private static ApiError? Refuse(SendAppends message) => message.Attempts.Count > WorkerProtocol.MaxAttempts
        ? WorkerErrors.Invalid("attempts", $"must be at most {WorkerProtocol.MaxAttempts}; got {message.Attempts.Count}")
        : message.Attempts.Select(FindProblem).FirstOrDefault(problem => problem is not null) is { } found ? WorkerErrors.Invalid("attempts", found) : null;

    private static string? FindProblem(AttemptUpdate update) =>
        update.Sequence < 1 ? $"must have sequences from 1; got {update.Sequence}"
        : update.Events?.Count > WorkerProtocol.MaxEvents ? $"must have at most {WorkerProtocol.MaxEvents} events each; got {update.Events.Count}"
        : update.Checkpoint?.Length > WorkerProtocol.MaxCheckpoint ? $"must have checkpoints of at most {WorkerProtocol.MaxCheckpoint} characters; got {update.Checkpoint.Length}"
        : update.Preview is { } preview && new RunPreview(preview.ContentType, preview.Content).Refuse() is { } refusal ? $"has a preview that is not kept: {refusal}"
        : (update.Events ?? []).Select(FindProblem).FirstOrDefault(problem => problem is not null);

    private static string? FindProblem(AttemptEvent happened) => happened.Type switch
    {
        RunEvents.ProgressType when happened.Stage is not { Length: > 0 and <= MaxStage } => $"has progress whose stage does not have 1 to {MaxStage} characters",
        RunEvents.ProgressType when happened.Done < 0 || happened.Total < happened.Done => $"has progress of {happened.Done} of {happened.Total}",
        RunEvents.ProgressType => null,
        RunEvents.LogType when happened.Level is not ("info" or "warning") => "has a log line whose level is not info or warning",
        RunEvents.LogType when happened.Message is not { Length: > 0 and <= WorkerProtocol.MaxText } => $"has a log line that does not have 1 to {WorkerProtocol.MaxText} characters",
        RunEvents.LogType => null,
        _ => "has an event that is neither progress nor log",
    };
}
