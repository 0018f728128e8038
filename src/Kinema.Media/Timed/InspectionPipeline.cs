using Kinema.Engines;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Timed;

/// <summary>The way every clip and sound is inspected: its bytes first, then, within the time limit, a program that decodes it on trial.</summary>
internal sealed class InspectionPipeline(IOptions<MediaOptions> options, TimeProvider timeProvider)
{
    /// <summary>How far beyond the longest allowed length the trial goes: enough to tell too long from long enough, seconds.</summary>
    private const double TrialMargin = 1;

    /// <summary>The time in the file at which a trial may stop, seconds.</summary>
    public static double TrialEnd(ProbedStreams streams, MediaLimits limits) => streams.Start + (limits.MaxSeconds ?? TimeLimit.MaxMediaSeconds) + TrialMargin;

    /// <param name="look">Judges the bytes; starts no program.</param>
    /// <param name="attempt">Decodes what was found to be of that content type.</param>
    /// <param name="late">The verdict on a file of that content type when the time is up; the second argument says so in words.</param>
    public async Task<TimedMediaInspection> RunAsync(
        string path,
        Func<Stream, TimedMediaInspection> look,
        Func<string, CancellationToken, Task<TimedMediaInspection>> attempt,
        Func<string, string, TimedMediaInspection> late,
        CancellationToken ct)
    {
        TimedMediaInspection seen;
        await using (var file = File.OpenRead(path))
            seen = look(file);
        if (seen.Problem is not null)
            return seen;

        return await TimeLimit.RunAsync(
            TimeSpan.FromSeconds(options.Value.ProbeSecondsLimit), timeProvider, token => attempt(seen.ContentType, token), limit => late(seen.ContentType, limit), ct).ConfigureAwait(false);
    }
}
