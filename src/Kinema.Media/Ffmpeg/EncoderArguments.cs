using System.Globalization;
using Kinema.Engines;

namespace Kinema.Media.Ffmpeg;

/// <summary>Command line of the encoder. It sets every format explicitly and allows only the protocols file and pipe.</summary>
internal static class EncoderArguments
{
    private const int MaxThreads = 8;

    // Set for input and output, because ffmpeg releases differ in which they use.
    private static readonly string[] _colourTags =
        ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv", "-chroma_sample_location", "left"];

    public static IReadOnlyList<string> Build(MediaOptions options, VideoFormat format, string outputPath, IReadOnlyDictionary<string, string> metadata, Soundtrack? soundtrack)
    {
        var rate = Text(format.FramesPerSecond);
        return
        [
            "-hide_banner", "-nostdin", "-nostats", "-loglevel", "error", "-y", "-filter_threads", "1",
            .. _colourTags,
            "-threads", "1", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", $"{Text(format.Width)}x{Text(format.Height)}", "-framerate", rate,
            "-protocol_whitelist", "file,pipe", "-i", "pipe:0",
            .. SoundtrackArguments.Input(options, soundtrack),
            "-map", "0:v:0", "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn",
            .. SoundtrackArguments.Output(soundtrack, format),
            .. Video(options, rate),
            .. Metadata(metadata),
            "-protocol_whitelist", "file,pipe", "-movflags", "+faststart+use_metadata_tags", "-f", "mp4", "file:" + outputPath,
        ];
    }

    /// <summary>The picture track of every video that leaves this server.</summary>
    public static IReadOnlyList<string> Video(MediaOptions options, string rate) =>
    [
        "-c:v", "libx264", "-preset", options.Preset, "-crf", Text(options.Crf), "-profile:v", "high", "-pix_fmt", "yuv420p",
        "-g", Text(options.KeyFrameInterval), "-threads", Text(Threads(options)), "-r", rate,
        .. _colourTags,
    ];

    /// <exception cref="ArgumentException">A key or a value holds what the encoder cannot take.</exception>
    public static IEnumerable<string> Metadata(IReadOnlyDictionary<string, string> metadata) => metadata.SelectMany(Entry);

    /// <summary>Bounded on large machines: each thread holds its own frames, and they count towards the memory limit.</summary>
    private static int Threads(MediaOptions options) =>
        options.ThreadCount > 0 ? options.ThreadCount : Math.Clamp(Environment.ProcessorCount * 3 / 2, 1, MaxThreads);

    private static string[] Entry(KeyValuePair<string, string> entry)
    {
        if (entry.Key.Length == 0 || entry.Key.AsSpan().ContainsAny('=', '\0') || entry.Value.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"the metadata key '{entry.Key}' must not be empty, and neither key nor value may hold what the encoder cannot take");
        return ["-metadata", $"{entry.Key}={entry.Value}"];
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
