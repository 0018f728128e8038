using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kinema.Media.Videos;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Timed;

/// <summary>Asks ffprobe, locked down, about a file that our own look has passed.</summary>
internal sealed partial class StreamProbe(IOptions<MediaOptions> options)
{
    private const string Damaged = "the file is damaged";
    private const int MaxCharacters = 4 << 20;

    private const string StreamEntries =
        "stream=codec_type,codec_name,width,height,sample_aspect_ratio,sample_rate,channels,color_space,color_transfer,color_primaries,color_range"
        + ":stream_side_data=rotation:stream_disposition=attached_pic:format=start_time,duration";

    private const string FrameEntries = "frame=best_effort_timestamp_time,pkt_duration_time,duration_time,nb_samples,width,height";

    public static string Missing(string program) =>
        $"'{program}' is not there (Media:FfprobePath); it comes with ffmpeg: apt-get install -y ffmpeg";

    /// <returns>The streams, or in a few words why ffprobe can make nothing of the file.</returns>
    public async Task<(ProbedStreams? Streams, string? Problem)> FindStreamsAsync(string contentType, string path, CancellationToken ct)
    {
        var answer = await AskAsync(contentType, path, ["-show_entries", StreamEntries, "-of", "json"], ct).ConfigureAwait(false);
        if (answer is not { ExitCode: 0, IsComplete: true })
            return (null, UnreadCodec().Match(answer.Stderr) is { Success: true } unread ? $"a track of it is coded as {unread.Groups[1].Value}, which is not read" : Damaged);

        try
        {
            return (ProbedStreams.Read(answer.Text), null);
        }
        catch (JsonException)
        {
            return (null, Damaged);
        }
    }

    /// <summary>Decodes one stream from its beginning to <paramref name="end"/> on the file's clock, keeping nothing but what came when.</summary>
    /// <param name="stream">As ffmpeg names it: <c>V:0</c> for pictures, <c>a:0</c> for sound.</param>
    /// <returns>Null when it tells more frames than anything sensible has.</returns>
    /// <param name="audioSampleRate">Samples a second of a sound; 0 for pictures.</param>
    public async Task<TrialDecode?> DecodeAsync(string contentType, string path, string stream, double end, CancellationToken ct, int audioSampleRate = 0)
    {
        var until = end.ToString("0.######", CultureInfo.InvariantCulture);
        var answer = await AskAsync(
            contentType, path, ["-select_streams", stream, "-read_intervals", $"%{until}", "-show_entries", FrameEntries, "-of", "compact=p=0"], ct)
            .ConfigureAwait(false);
        return answer.IsComplete ? TrialDecode.Read(answer.Text, audioSampleRate) : null;
    }

    [GeneratedRegex(@"Codec \((\w+)\) not on whitelist")]
    private static partial Regex UnreadCodec();

    private async Task<ProcessResult> AskAsync(string contentType, string path, IReadOnlyList<string> question, CancellationToken ct)
    {
        var media = options.Value;
        var program = ProcessLauncher.FindOnPath(media.FfprobePath) ?? throw new InvalidOperationException(Missing(media.FfprobePath));
        string[] arguments = ["-hide_banner", "-loglevel", "error", .. question, .. RestrictedInput.Arguments(contentType, path, media.MaxDecodedPixels)];
        // Two threads decode, so the wall clock's limit is met with twice as much processor time.
        var start = ProcessLauncher.CreateStartInfo(program, arguments, media.MemoryLimitMiB, media.ProbeSecondsLimit * 2);
        try
        {
            return await ProcessRunner.RunAsync(start, MaxCharacters, ct).ConfigureAwait(false);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"'{program}' cannot be run (Media:FfprobePath): {e.Message}", e);
        }
    }
}
