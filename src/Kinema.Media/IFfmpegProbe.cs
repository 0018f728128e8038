namespace Kinema.Media;

/// <summary>Checks whether ffmpeg can decode and encode videos here, for readiness checks and <c>doctor</c>.</summary>
public interface IFfmpegProbe
{
    Task<FfmpegReport> CheckAsync(CancellationToken ct);
}

/// <param name="Problem">Null if videos can be encoded, else one sentence that says what to do.</param>
/// <param name="Path">Path of the program, or null.</param>
/// <param name="Version">Reported version, for example <c>5.1.9-0+deb12u1</c>, or null.</param>
/// <param name="HasLimits">Whether <c>prlimit</c> is available; without it, memory and processor limits are not set.</param>
public sealed record FfmpegReport(string? Problem, string? Path, string? Version, bool HasLimits)
{
    public bool IsReady => Problem is null;
}
