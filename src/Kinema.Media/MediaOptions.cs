using System.ComponentModel.DataAnnotations;

namespace Kinema.Media;

/// <summary>Section <c>Media</c>: decoding of images, videos and audio, and video encoding.</summary>
public sealed class MediaOptions
{
    /// <summary>Program that decodes and encodes; a bare name is looked up in PATH. Default <c>ffmpeg</c>.</summary>
    [Required]
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>Program that probes videos and audio; a bare name is looked up in PATH. Default <c>ffprobe</c>.</summary>
    [Required]
    public string FfprobePath { get; set; } = "ffprobe";

    /// <summary>
    /// Longest inspection of one video or audio file, seconds, including the trial decode; a file that takes longer is rejected. Default 120, below the time an
    /// attempt has for all its inputs: ten seconds of 4096×2304 pixels take about 12 s of processor time, a busy machine several times as long.
    /// </summary>
    [Range(1, 3600)]
    public int ProbeSecondsLimit { get; set; } = 120;

    /// <summary>x264 preset; slower ones make smaller files. Default <c>veryfast</c>.</summary>
    [RegularExpression("ultrafast|superfast|veryfast|faster|fast|medium|slow|slower|veryslow")]
    public string Preset { get; set; } = "veryfast";

    /// <summary>x264 constant rate factor; lower is better and larger. Default 19.</summary>
    [Range(0, 40)]
    public int Crf { get; set; } = 19;

    /// <summary>Frames between key frames; fewer make seeking quicker and the file larger. Default 90 (three seconds).</summary>
    [Range(1, 600)]
    public int KeyFrameInterval { get; set; } = 90;

    /// <summary>Encoder threads, each with frames of its own in memory; 0 means one and a half a processor, at most 8. Default 0.</summary>
    [Range(0, 64)]
    public int ThreadCount { get; set; }

    /// <summary>Address space one program may take, MiB; 0 means no limit. Needs <c>prlimit</c> (util-linux). Default 2048.</summary>
    [Range(0, 1048576)]
    public int MemoryLimitMiB { get; set; } = 2048;

    /// <summary>Processor time one program may take, seconds; 0 means no limit. Needs <c>prlimit</c> (util-linux). Default 1800.</summary>
    [Range(0, 86400)]
    public int CpuSecondsLimit { get; set; } = 1800;

    /// <summary>Longest time without progress, seconds: one frame to read or write, or closing the file. Then the program is killed. Default 60.</summary>
    [Range(1, 3600)]
    public int IdleTimeoutSeconds { get; set; } = 60;

    /// <summary>
    /// Largest image or frame to decode, pixels: a second limit after the model's manifest, so that memory stays bounded
    /// (seven to eleven bytes a pixel while decoding, and the file). Default 40000000.
    /// </summary>
    [Range(1, 400_000_000)]
    public long MaxDecodedPixels { get; set; } = 40_000_000;

    /// <summary>
    /// Maximum pixels of all frames of an input video together, by its index: rejects videos that would take too long before decoding. Default
    /// 12000000000, enough for ten seconds of 4096×4096 pixels at 60 frames a second.
    /// </summary>
    [Range(1, 1_000_000_000_000)]
    public long MaxClipPixels { get; set; } = 12_000_000_000;

    /// <summary>JPEG quality of posters. Default 88.</summary>
    [Range(1, 100)]
    public int PosterQuality { get; set; } = 88;
}
