using Kinema.Core.Pricing;

namespace Kinema.Prompts.Endpoint;

/// <param name="Addition">Text to add, not verified yet; null if there is none to use.</param>
/// <param name="Problem">Why there is none, to follow "the language model"; null if it had nothing to add.</param>
/// <param name="Cost">What the provider is paid.</param>
internal sealed record EndpointReply(string? Addition, string? Problem, Money Cost)
{
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public static EndpointReply Failed(string problem, Money cost = default) => new(null, problem, cost);
}
