using Kinema.Core.Callbacks;
using Kinema.Outbound;

namespace Kinema.Worker.Callbacks;

/// <summary>Result of a delivery attempt.</summary>
/// <param name="Reason">See <see cref="Delivery.FailureReasonCode"/>; null when delivered.</param>
/// <param name="Detail">Human-readable detail.</param>
internal sealed record DeliveryResult(bool Delivered, bool MayRetry, string? Reason, string? Detail)
{
    private const string Timeout = "timeout";

    public bool TimedOut => Reason == Timeout;

    public static DeliveryResult Of(CallbackReply reply) => reply switch
    {
        { TimedOut: true } => new(false, true, Timeout, "The receiver did not answer in time."),
        { HttpStatusCode: null } => new(false, true, "unreachable", "The receiver could not be reached."),
        { HttpStatusCode: >= 200 and < 300 } => new(true, false, null, null),
        { HttpStatusCode: >= 500 } => new(false, true, "server_error", $"The receiver answered {reply.HttpStatusCode}."),
        { HttpStatusCode: >= 300 and < 400 } => new(false, false, "rejected", $"The receiver answered {reply.HttpStatusCode}; redirects are not followed."),
        _ => new(false, false, "rejected", $"The receiver answered {reply.HttpStatusCode}."),
    };

    /// <summary>The attempt failed in this server. The log has the details; the owner of the delivery learns only what it can act on.</summary>
    public static DeliveryResult Of(Exception e) => e is CallbackSecretException
        ? new(false, true, "secret_unreadable", e.Message)
        : new(false, true, "internal_error", "The server could not send the callback; its log says why.");
}
