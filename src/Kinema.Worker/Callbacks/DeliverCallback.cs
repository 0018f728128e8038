using Kinema.Core.Callbacks;
using Kinema.Outbound;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Callbacks;

/// <summary>
/// Makes one attempt at one delivery and stores what came of it. Only a 5xx answer, a network error or a time-out is tried again; the stored body
/// goes out unchanged each time and is signed anew by every live secret.
/// </summary>
internal sealed partial class DeliverCallback(
    ICallbackSecrets secrets,
    ICallbackSender sender,
    ICallbackOutbox outbox,
    IOptions<CallbackOptions> options,
    TimeProvider timeProvider,
    ILogger<DeliverCallback> log)
{
    public async Task HandleAsync(Delivery delivery, CancellationToken ct)
    {
        var now = timeProvider.GetUtcNow();
        var signed = CallbackSigner.Sign(await secrets.ReadLiveAsync(delivery.OrgId, ct), delivery.Id, delivery.RequestId, now, delivery.Payload.Span);
        var reply = Uri.TryCreate(delivery.CallbackUrl, UriKind.Absolute, out var url)
            ? await sender.SendAsync(new(url, delivery.Payload, signed.Headers), ct)
            : new CallbackReply(null, null, TimedOut: false, 0);
        var verdict = DeliveryResult.Of(reply);

        var number = delivery.AttemptCount + 1;
        var again = verdict.MayRetry && number < Math.Min(delivery.MaxAttempts, options.Value.MaxAttempts);
        var report = new DeliveryReport(
            new(Guid.CreateVersion7(now), number, reply.HttpStatusCode, reply.ResponseBody, reply.ElapsedMs, verdict.Detail, now),
            verdict.Delivered ? "delivered" : again ? "pending" : "failed",
            verdict.Reason,
            verdict.Detail,
            again ? timeProvider.GetUtcNow() + Wait(number) : null,
            signed.SigningSecretId);

        await outbox.RecordAsync(delivery.Id, report, ct);
        LogAttempt(delivery.RunId, number, reply.HttpStatusCode, report.Status, verdict.Reason);
    }

    private TimeSpan Wait(int failures) => TimeSpan.FromSeconds(options.Value.RetryDelaySeconds * Math.Pow(2, failures - 1));

    [LoggerMessage(4200, LogLevel.Information, "Run {RunId}: callback attempt {AttemptNumber} met {HttpStatus}; delivery is {DeliveryStatus} ({Reason})")]
    private partial void LogAttempt(Guid runId, int attemptNumber, int? httpStatus, string deliveryStatus, string? reason);
}
