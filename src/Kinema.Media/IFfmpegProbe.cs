namespace Kinema.Media;

/// <summary>Says whether clips can be read and videos be encoded here, for readiness checks and <c>doctor</c>.</summary>
public interface IFfmpegProbe
{
    Task<FfmpegReport> CheckAsync(CancellationToken ct);
}

/// <param name="Problem">Null when videos can be encoded; else one sentence with what to do.</param>
/// <param name="Path">The program found, or null.</param>
/// <param name="Version">Its version as it says it, for example <c>5.1.9-0+deb12u1</c>, or null.</param>
/// <param name="HasLimits">Whether <c>prlimit</c> is there, without which memory and processor limits are not set.</param>
public sealed record FfmpegReport(string? Problem, string? Path, string? Version, bool HasLimits)
{
    public bool IsReady => Problem is null;
}
