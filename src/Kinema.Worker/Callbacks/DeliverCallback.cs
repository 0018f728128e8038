using System.Diagnostics;
using Kinema.Core.Callbacks;
using Kinema.Core.Telemetry;
using Kinema.Outbound;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Callbacks;

/// <summary>
/// Makes one attempt at a delivery and stores the result, also when the attempt failed in this server. The stored body is sent unchanged each time, with
/// new signatures by all active secrets.
/// </summary>
internal sealed partial class DeliverCallback(
    ICallbackSecrets secrets,
    ICallbackSender sender,
    IOwnReceiver ownReceiver,
    ICallbackOutbox outbox,
    IOptions<CallbackOptions> options,
    Traces traces,
    RunMetrics metrics,
    TimeProvider timeProvider,
    ILogger<DeliverCallback> log)
{
    public async Task<DeliveryResult> HandleAsync(Delivery delivery, CancellationToken ct)
    {
        using var span = traces.StartOfRun("callback", ActivityKind.Client, delivery.TraceParent, delivery.RunId)?.SetTag("kinema.callback.attempt", delivery.AttemptCount + 1);
        var now = timeProvider.GetUtcNow();
        var (reply, result, secretId) = await AttemptAsync(delivery, now, ct);

        var number = delivery.AttemptCount + 1;
        var again = result.MayRetry && number < Math.Min(delivery.MaxAttempts, options.Value.MaxAttempts);
        var report = new DeliveryReport(
            new(Guid.CreateVersion7(now), number, reply.HttpStatusCode, reply.ResponseBody, reply.ElapsedMs, result.Detail, now),
            result.Delivered ? "delivered" : again ? "pending" : "failed",
            result.Reason,
            result.Detail,
            again ? timeProvider.GetUtcNow() + Wait(number) : null,
            secretId);

        await outbox.RecordAsync(delivery.Id, report, ct);
        Describe(span, reply, report);
        metrics.CallbackSent(report);
        LogAttempt(delivery.RunId, number, reply.HttpStatusCode, report.Status, result.Reason);
        return result;
    }

    private static void Describe(Activity? span, CallbackReply reply, DeliveryReport report)
    {
        span?.SetTag("kinema.callback.status", report.Status).SetTag("http.response.status_code", reply.HttpStatusCode);
        if (report.FailureReasonCode is { } reason)
            span?.SetTag("error.type", reason).SetStatus(ActivityStatusCode.Error, reason);
    }

    /// <summary>An attempt that left no record would be claimed again without end, and nobody would see why.</summary>
    private async Task<(CallbackReply Reply, DeliveryResult Result, Guid? SecretId)> AttemptAsync(Delivery delivery, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            var signed = CallbackSigner.Sign(await secrets.ReadLiveAsync(delivery.OrgId, ct), delivery.Id, delivery.RequestId, now, delivery.Payload.Span);
            var reply = ownReceiver.Is(delivery.OrgId, delivery.CallbackUrl)
                ? await HandOverAsync(delivery, signed, ct)
                : await sender.SendAsync(new(delivery.CallbackUrl, delivery.Payload, signed.Headers), ct);
            return (reply, DeliveryResult.Of(reply), signed.SigningSecretId);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogFailed(delivery.RunId, e);
            return (NotSent, DeliveryResult.Of(e), null);
        }
    }

    /// <summary>Gives the callback to the receiver in this process; the guard is not asked because nothing is sent.</summary>
    private async Task<CallbackReply> HandOverAsync(Delivery delivery, SignedCallback signed, CancellationToken ct)
    {
        var started = timeProvider.GetTimestamp();
        var answer = await ownReceiver.ReceiveAsync(delivery.OrgId, delivery.Payload, signed.Headers, ct);
        return new(answer.StatusCode, answer.Body, TimedOut: false, (long)timeProvider.GetElapsedTime(started).TotalMilliseconds);
    }

    private static CallbackReply NotSent => new(null, null, TimedOut: false, 0);

    private TimeSpan Wait(int failures) => TimeSpan.FromSeconds(options.Value.RetryDelaySeconds * Math.Pow(2, failures - 1));

    [LoggerMessage(4200, LogLevel.Information, "Run {RunId}: callback attempt {AttemptNumber} got HTTP status {HttpStatus}; delivery is {DeliveryStatus} ({Reason})")]
    private partial void LogAttempt(Guid runId, int attemptNumber, int? httpStatus, string deliveryStatus, string? reason);

    [LoggerMessage(4201, LogLevel.Error, "Run {RunId}: a callback could not be sent")]
    private partial void LogFailed(Guid runId, Exception exception);
}
