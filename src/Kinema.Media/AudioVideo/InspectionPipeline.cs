using Kinema.Engines;
using Microsoft.Extensions.Options;

namespace Kinema.Media.AudioVideo;

/// <summary>Inspection of video and audio files: header first, then a trial decode within the time limit.</summary>
internal sealed class InspectionPipeline(IOptions<MediaOptions> options, TimeProvider timeProvider)
{
    /// <summary>Decoded time beyond the maximum duration, to detect files that are too long, seconds.</summary>
    private const double TrialMargin = 1;

    /// <summary>Returns the time in the file at which the trial decode stops, seconds.</summary>
    public static double TrialEnd(ProbedStreams streams, MediaLimits limits) => streams.Start + (limits.MaxSeconds ?? TimeLimit.MaxMediaSeconds) + TrialMargin;

    /// <param name="inspectHeader">Inspects the header; starts no program.</param>
    /// <param name="attempt">Decodes a file of the detected content type.</param>
    /// <param name="late">Creates the result after a timeout; the second argument describes it.</param>
    public async Task<TimedMediaInspection> RunAsync(
        string path,
        Func<Stream, TimedMediaInspection> inspectHeader,
        Func<string, CancellationToken, Task<TimedMediaInspection>> attempt,
        Func<string, string, TimedMediaInspection> late,
        CancellationToken ct)
    {
        TimedMediaInspection seen;
        await using (var file = File.OpenRead(path))
            seen = inspectHeader(file);
        if (seen.Problem is not null)
            return seen;

        return await TimeLimit.RunAsync(
            TimeSpan.FromSeconds(options.Value.ProbeSecondsLimit),
            timeProvider,
            token => attempt(seen.ContentType, token),
            limit => late(seen.ContentType, limit),
            ct).ConfigureAwait(false);
    }
}
