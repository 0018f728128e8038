namespace Kinema.Outbound;

/// <param name="Url">As the caller wrote it; its path and query are sent like that.</param>
/// <param name="MaxBytes">A longer body is too large.</param>
/// <param name="TimeLeft">Of the work that needs the medium: a host's request to wait is refused if the wait does not fit.</param>
public sealed record MediaRequest(string Url, long MaxBytes, TimeSpan TimeLeft);
