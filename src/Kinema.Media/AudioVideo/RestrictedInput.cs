using System.Globalization;

namespace Kinema.Media.AudioVideo;

/// <summary>
/// Input arguments that restrict ffmpeg and ffprobe for untrusted files: one local file, a demuxer chosen by content type, allowed decoders,
/// limits on allocation. A file cannot make them read another file.
/// </summary>
internal static class RestrictedInput
{
    private const long MaxAllocationBytes = 512 << 20;
    private const int MaxStreams = 32;
    private const int Threads = 2;

    private const string MovieDecoders =
        "h264,hevc,mpeg4,vp9,av1,libdav1d,prores,mjpeg,"
        + "aac,mp3,mp3float,alac,ac3,eac3,opus,libopus,flac,pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_mulaw,pcm_alaw";

    private const string WaveDecoders = "pcm_u8,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,pcm_f64le,pcm_mulaw,pcm_alaw,adpcm_ms,adpcm_ima_wav";

    private const string Mp3Decoders = "mp3,mp3float";

    /// <summary>
    /// ffprobe fails if it cannot open a decoder for every stream, also for one that is left out: a cover, a second sound track, subtitles. It may open
    /// these, and gives them nothing to decode.
    /// </summary>
    // cspell:disable (names of decoders)
    private const string OpenedPictures =
        "png,apng,mjpeg,mjpegb,bmp,tiff,gif,webp,targa,jpeg2000,libopenjpeg,mpeg1video,mpeg2video,h261,h263,svq1,svq3,cinepak,rawvideo,qtrle,rpza,smc,"
        + "indeo3,dvvideo,dnxhd,cfhd,hap,vc1,vp8,ffv1,huffyuv,ffvhuff,utvideo,magicyuv,v210,v308,v408,v410,r210,aic,msmpeg4,msmpeg4v1,msmpeg4v2";

    private const string OpenedSounds =
        "mp1,mp1float,mp2,mp2float,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,dca,truehd,mlp,vorbis,libvorbis,speex,libspeex,qdm2,qdmc,qcelp,evrc,"
        + "gsm,gsm_ms,libgsm,libgsm_ms,ilbc,libilbc,adpcm_ima_qt,adpcm_ima_wav,adpcm_ms,mace3,mace6,wmav1,wmav2,wmapro,nellymoser,aac_latm,als,pcm_f64le,pcm_f64be,"
        + "pcm_s16le_planar,pcm_dvd,pcm_bluray,tta,wavpack,dolby_e";

    private const string OpenedTexts = "mov_text,cc_dec,webvtt,subrip,srt,text,ass,ssa,dvdsub,dvbsub,pgssub,xsub";
    // cspell:enable

    /// <summary>Picture codecs by the names ffprobe gives them.</summary>
    public static IReadOnlyList<string> VideoCodecs { get; } = ["h264", "hevc", "mpeg4", "vp9", "av1", "prores", "mjpeg"];

    /// <summary>Sound codecs of clips by the names ffprobe gives them.</summary>
    public static IReadOnlyList<string> ClipAudioCodecs { get; } = MovieDecoders.Split(',');

    /// <summary>Returns all arguments of one input, including its file name.</summary>
    public static IReadOnlyList<string> Arguments(string contentType, string path, long maxPixels)
    {
        var (demuxer, decoders) = ProgramsFor(contentType);
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

    /// <summary>As <see cref="Arguments"/>, for ffprobe, which opens a decoder for every stream.</summary>
    public static IReadOnlyList<string> ProbeArguments(string contentType, string path, long maxPixels)
    {
        var (_, decoders) = ProgramsFor(contentType);
        // Later options replace earlier ones for their kind of stream. What is decoded in search of a stream's properties keeps the short list.
        return
        [
            .. Arguments(contentType, path, maxPixels),
            "-codec_whitelist:v", $"{decoders},{OpenedPictures}", "-codec_whitelist:a", $"{decoders},{OpenedSounds}", "-codec_whitelist:s", OpenedTexts,
        ];
    }

    private static (string Demuxer, string Decoders) ProgramsFor(string contentType) => contentType switch
    {
        "video/mp4" or "video/quicktime" => ("mov", MovieDecoders),
        "audio/wav" => ("wav", WaveDecoders),
        "audio/mpeg" => ("mp3", Mp3Decoders),
        _ => throw new ArgumentException($"no program is given a file of the type {contentType}"),
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
