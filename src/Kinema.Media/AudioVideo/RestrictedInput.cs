using System.Globalization;

namespace Kinema.Media.AudioVideo;

/// <summary>
/// Input arguments that restrict ffmpeg and ffprobe for untrusted files: one local file, a demuxer chosen by content type, allowed decoders,
/// limits on allocation. A file cannot make them read another file.
/// </summary>
internal static class RestrictedInput
{
    private const long MaxAllocationBytes = 512 << 20;
    private const int MaxStreams = 16;
    private const int Threads = 2;

    private const string MovieDecoders =
        "h264,hevc,mpeg4,vp9,av1,libdav1d,prores,mjpeg,"
        + "aac,mp3,mp3float,alac,ac3,eac3,opus,libopus,flac,pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_mulaw,pcm_alaw,"
        + SubtitleDecoders;

    // Subtitles and captions, for the same reason.
    private const string SubtitleDecoders = "mov_text,cc_dec";

    private const string WaveDecoders = "pcm_u8,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,pcm_f64le,pcm_mulaw,pcm_alaw,adpcm_ms,adpcm_ima_wav";

    // Cover art is a video stream, and ffprobe fails if it cannot open a decoder for every stream.
    private const string Mp3Decoders = "mp3,mp3float,png,mjpeg,bmp";

    /// <summary>Picture codecs by the names ffprobe gives them.</summary>
    public static IReadOnlyList<string> VideoCodecs { get; } = ["h264", "hevc", "mpeg4", "vp9", "av1", "prores", "mjpeg"];

    public static bool IsMovie(string contentType) => contentType is "video/mp4" or "video/quicktime";

    /// <summary>Returns all arguments of one input, including its file name.</summary>
    public static IReadOnlyList<string> Arguments(string contentType, string path, long maxPixels)
    {
        var (demuxer, decoders) = contentType switch
        {
            "video/mp4" or "video/quicktime" => ("mov", MovieDecoders),
            "audio/wav" => ("wav", WaveDecoders),
            "audio/mpeg" => ("mp3", Mp3Decoders),
            _ => throw new ArgumentException($"no program is given a file of the type {contentType}"),
        };
        return
        [
            "-max_alloc", Text(MaxAllocationBytes),
            "-protocol_whitelist", "file", "-format_whitelist", demuxer, "-codec_whitelist", decoders,
            "-max_streams", Text(MaxStreams), "-probesize", "5000000", "-analyzeduration", "5000000",
            "-max_pixels", Text(maxPixels), "-threads", Text(Threads),
            "-f", demuxer, .. demuxer == "mov" ? (string[])["-enable_drefs", "0", "-use_absolute_path", "0", "-ignore_chapters", "1"] : [],
            "-i", "file:" + Path.GetFullPath(path),
        ];
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
