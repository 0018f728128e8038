using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kinema.Media.Ffmpeg;
using Microsoft.Extensions.Options;

namespace Kinema.Media.AudioVideo;

/// <summary>Runs a restricted ffprobe on a file that passed header inspection.</summary>
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

    /// <returns>The streams, or the reason why ffprobe cannot read the file.</returns>
    public async Task<(ProbedStreams? Streams, string? Problem)> FindStreamsAsync(string contentType, string path, CancellationToken ct)
    {
        var answer = await ProbeAsync(contentType, path, ["-show_entries", StreamEntries, "-of", "json"], ct).ConfigureAwait(false);
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

    /// <summary>Decodes one stream from its beginning to <paramref name="end"/> in file time and returns frame statistics.</summary>
    /// <param name="stream">ffmpeg stream specifier: <c>V:0</c> for video, <c>a:0</c> for audio.</param>
    /// <returns>Null if the output exceeds the limit.</returns>
    /// <param name="audioSampleRate">Audio sample rate, Hz; 0 for video.</param>
    public async Task<TrialDecode?> DecodeAsync(string contentType, string path, string stream, double end, CancellationToken ct, int audioSampleRate = 0)
    {
        var until = end.ToString("0.######", CultureInfo.InvariantCulture);
        var answer = await ProbeAsync(
            contentType, path, ["-select_streams", stream, "-read_intervals", $"%{until}", "-show_entries", FrameEntries, "-of", "compact=p=0"], ct)
            .ConfigureAwait(false);
        return answer.IsComplete ? TrialDecode.Read(answer.Text, audioSampleRate) : null;
    }

    [GeneratedRegex(@"Codec \((\w+)\) not on whitelist")]
    private static partial Regex UnreadCodec();

    private async Task<ProcessResult> ProbeAsync(string contentType, string path, IReadOnlyList<string> entries, CancellationToken ct)
    {
        var media = options.Value;
        var program = ProcessLauncher.FindOnPath(media.FfprobePath) ?? throw new InvalidOperationException(Missing(media.FfprobePath));
        string[] arguments = ["-hide_banner", "-loglevel", "error", .. entries, .. RestrictedInput.Arguments(contentType, path, media.MaxDecodedPixels)];
        // Two threads decode, so the CPU limit is twice the wall-clock limit.
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
