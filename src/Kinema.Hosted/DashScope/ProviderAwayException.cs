namespace Kinema.Hosted.DashScope;

/// <summary>The provider cannot be had for now: no connection, no answer, an answer that is none, or one that asks to come back later.</summary>
internal sealed class ProviderAwayException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether the provider may have got the request, so that nobody knows what became of it.</summary>
    public required bool MayHaveArrived { get; init; }

    /// <summary>What the provider said, if it said something.</summary>
    public ProviderError? Error { get; init; }

    /// <summary>Time that the provider or the circuit breaker names; null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
