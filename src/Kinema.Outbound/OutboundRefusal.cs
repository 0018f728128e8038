using Kinema.Outbound.Connections;

namespace Kinema.Outbound;

/// <summary>Tells a refusal of the guard from other failures of a request.</summary>
public static class OutboundRefusal
{
    /// <returns>Why the guard refused to connect, for the operator; null if it did not.</returns>
    public static string? Find(Exception? failure) => failure switch
    {
        null => null,
        OutboundRefusedException refused => refused.Message,
        _ => Find(failure.InnerException),
    };
}
