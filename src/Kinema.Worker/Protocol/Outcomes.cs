using System.Text.Json.Nodes;
using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Worker.Protocol;

/// <summary><c>POST /v1/worker/attempts/{run}/{fence}/delivery</c>: ends the attempt with the files that were uploaded. The server probes them and computes the cost.</summary>
/// <param name="Files"><c>video.mp4</c>, <c>poster.jpg</c> and <c>last-frame.png</c>.</param>
/// <param name="ModelData">Effective settings of the engine.</param>
/// <param name="Times">Times of the phases.</param>
internal sealed record DeliverVideo(IReadOnlyList<DeliveredFile> Files, JsonObject ModelData, DeliveryTimes Times);

/// <summary>Times of the phases as the worker measured them, milliseconds.</summary>
internal sealed record DeliveryTimes(long PreprocessMs, long InferenceMs, long EncodeMs, long UploadMs);

/// <param name="Name">Name of the file.</param>
/// <param name="SizeBytes">Its length.</param>
/// <param name="Digest">SHA-256, lower-case hexadecimal.</param>
internal sealed record DeliveredFile(string Name, long SizeBytes, string Digest);

/// <summary><c>POST /v1/worker/attempts/{run}/{fence}/outcome</c>: ends the attempt without a video.</summary>
/// <param name="Outcome"><c>failed</c>, <c>refused</c>, <c>canceled</c>, <c>retry</c> or <c>handed_back</c>.</param>
/// <param name="Failure">With <c>failed</c> and <c>retry</c>.</param>
/// <param name="DelaySeconds">With <c>retry</c> and <c>handed_back</c>: wait before the next attempt, 0 to 3600.</param>
/// <param name="Role">With <c>refused</c>: the medium that the engine does not take; null if it is something else.</param>
/// <param name="Reason">With <c>refused</c>: one sentence for the caller.</param>
internal sealed record EndAttempt(string Outcome, RunFailure? Failure = null, double DelaySeconds = 0, MediaRole? Role = null, string? Reason = null)
{
    public const string Failed = "failed";
    public const string Refused = "refused";
    public const string Canceled = "canceled";
    public const string Retry = "retry";
    public const string HandedBack = "handed_back";
}

/// <param name="IsAccepted">False when the fence is no longer current: nothing was written.</param>
/// <param name="Problem">Why the files were refused, for the worker's log; the run has failed or is queued again.</param>
internal sealed record EndReply(bool IsAccepted, string? Problem = null);
