using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kinema.Media.AudioVideo.H264;
using Kinema.Media.Ffmpeg;
using Microsoft.Extensions.Options;

namespace Kinema.Media.AudioVideo;

/// <summary>Runs a restricted ffprobe on a file that passed header inspection.</summary>
internal sealed partial class StreamProbe(IOptions<MediaOptions> options)
{
    private const string Damaged = "the file is damaged";
    private const int MaxCharacters = 16 << 20;

    private const string StreamEntries =
        "stream=index,codec_type,codec_name,width,height,sample_aspect_ratio,field_order,sample_rate,channels,nb_frames,color_space,color_transfer,color_primaries,color_range"
        + ":stream_side_data=rotation:stream_disposition=attached_pic,timed_thumbnails:format=start_time,duration";

    private const string CountEntries = "stream=codec_type,codec_name,width,height,pix_fmt,r_frame_rate,avg_frame_rate,nb_read_packets";

    private const string VideoEntries =
        "packet=pts_time,duration_time,size,pos,flags:frame=best_effort_timestamp_time,pkt_duration_time,duration_time,width,height,key_frame,pict_type,interlaced_frame";

    /// <summary>ffprobe's number for information: decoders tell of damage that they conceal.</summary>
    private const string LogLevel = "32";

    private const string LogEntries = ":log=level,message";

    private const string AudioEntries = "frame=best_effort_timestamp_time,nb_samples";

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

    /// <summary>Describes the streams and counts the packets of each, without decoding.</summary>
    /// <returns>ffprobe's JSON; null if it cannot read the file.</returns>
    public async Task<string?> CountAsync(string contentType, string path, CancellationToken ct)
    {
        var answer = await ProbeAsync(contentType, path, ["-count_packets", "-show_entries", CountEntries, "-of", "json"], ct).ConfigureAwait(false);
        return answer is { ExitCode: 0, IsComplete: true } ? answer.Text : null;
    }

    /// <summary>Decodes a video stream from its beginning to <paramref name="end"/> in file time and returns frame statistics.</summary>
    /// <returns>Null if the output exceeds the limit.</returns>
    public async Task<VideoTrial?> DecodeVideoAsync(string contentType, string path, VideoStreamInfo picture, double end, CancellationToken ct)
    {
        // Some encoders write the checksum of each picture of HEVC; a decoder compares it if told so.
        string[] check = ["-err_detect", "crccheck"];
        var answer = await DecodeAsync(
            contentType, path, picture.Specifier, end, VideoEntries, [.. check, "-loglevel", DecoderLog.Level], ct, DecoderLog.MaxCharacters).ConfigureAwait(false);
        if (!answer.IsComplete)
            return null;

        var trial = VideoTrial.Read(answer.Text, Mark);
        // Without pictures the clip is refused: what it lost does not matter.
        if (trial.Frames == 0 || !DecoderLog.HasComplaints(answer.Stderr))
            return trial;

        // Only with one thread do complaints come with the packet they are about.
        var ordered = await DecodeAsync(
            contentType, path, picture.Specifier, end, VideoEntries + LogEntries, [.. check, "-show_log", LogLevel, "-threads", "1"], ct).ConfigureAwait(false);
        return ordered.IsComplete ? trial.WithLossOf(VideoTrial.Read(ordered.Text, Mark)) : trial;

        IReadOnlyList<ProbeLine> Mark(IReadOnlyList<ProbeLine> packets) => picture is { Codec: "h264", Index: { } track }
            ? PictureNumbers.Mark(packets, CodedPictureReader.Read(path, track, packets))
            : packets;
    }

    /// <summary>Decodes an audio stream from its beginning to <paramref name="end"/> in file time and returns frame statistics.</summary>
    /// <param name="track">Index among the audio streams.</param>
    /// <param name="sampleRate">Hz.</param>
    /// <returns>Null if the output exceeds the limit.</returns>
    public async Task<AudioTrial?> DecodeAudioAsync(string contentType, string path, int track, int sampleRate, double end, CancellationToken ct)
    {
        var answer = await DecodeAsync(contentType, path, Text($"a:{track}"), end, AudioEntries, [], ct).ConfigureAwait(false);
        return answer.IsComplete ? AudioTrial.Read(answer.Text, sampleRate) : null;
    }

    private Task<ProcessResult> DecodeAsync(
        string contentType,
        string path,
        string stream,
        double end,
        string entries,
        IReadOnlyList<string> options,
        CancellationToken ct,
        int maxStderr = StreamTail.MaxCharacters) =>
        ProbeAsync(
            contentType, path, ["-select_streams", stream, "-read_intervals", Text($"%{end:0.######}"), "-show_entries", entries, "-of", "compact"], ct, options, maxStderr);

    [GeneratedRegex(@"Codec \((\w+)\) not on whitelist")]
    private static partial Regex UnreadCodec();

    /// <param name="replacing">Options that replace those of the input.</param>
    private async Task<ProcessResult> ProbeAsync(
        string contentType,
        string path,
        IReadOnlyList<string> entries,
        CancellationToken ct,
        IReadOnlyList<string>? replacing = null,
        int maxStderr = StreamTail.MaxCharacters)
    {
        var media = options.Value;
        var program = ProcessLauncher.FindOnPath(media.FfprobePath) ?? throw new InvalidOperationException(Missing(media.FfprobePath));
        string[] arguments = ["-hide_banner", "-loglevel", "error", .. entries, .. RestrictedInput.ProbeArguments(contentType, path, media.MaxDecodedPixels), .. replacing ?? []];
        // Two threads decode, so the CPU limit is twice the wall-clock limit.
        var start = ProcessLauncher.CreateStartInfo(program, arguments, media.MemoryLimitMiB, media.ProbeSecondsLimit * 2);
        try
        {
            return await ProcessRunner.RunAsync(start, MaxCharacters, ct, maxStderr).ConfigureAwait(false);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"'{program}' cannot be run (Media:FfprobePath): {e.Message}", e);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
