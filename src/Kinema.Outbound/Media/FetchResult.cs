namespace Kinema.Outbound;

/// <summary>Result of a download. For a forbidden address a caller gets only "unreachable"; the operator's log has the reason.</summary>
/// <param name="Outcome">What became of the download.</param>
/// <param name="Reason">
/// For the caller: what the media host answered, as a sentence without its full stop. Null where no host answered, so that nothing tells a forbidden address
/// from a dead one.
/// </param>
public sealed record FetchResult(FetchOutcome Outcome, string? Reason = null)
{
    public static FetchResult Fetched { get; } = new(FetchOutcome.Fetched);

    public static FetchResult Unreachable { get; } = new(FetchOutcome.Unreachable);

    public static FetchResult TooLarge { get; } = new(FetchOutcome.TooLarge);
}

public enum FetchOutcome
{
    Fetched,

    /// <summary>No connection, no name, a forbidden address, an error status, a broken or too slow body.</summary>
    Unreachable,

    TooLarge,
}
