using System.Globalization;

namespace Kinema.Media.AudioVideo;

/// <summary>
/// ffmpeg video filters that convert an input video to <see cref="Kinema.Engines.VideoFormat"/>: frame rate first, then size and colour in one step.
/// </summary>
internal static class VideoFilters
{
    private const string Scaler = "flags=bicubic+accurate_rnd+full_chroma_int";

    public static string Build(VideoStreamInfo picture, int width, int height, int framesPerSecond)
    {
        // Time zero is the start of the file: a later first frame keeps its time, so that audio stays in sync.
        var rate = Invariant($"fps=fps={framesPerSecond}:start_time=0:round=near");
        var colour = IsHighDynamicRange(picture) || picture.Primaries == "bt2020" ? WideGamut(picture, width, height) : Ordinary(picture, width, height);
        return $"{rate},{colour},setsar=1,format=yuv420p";
    }

    private static bool IsHighDynamicRange(VideoStreamInfo picture) => picture.Transfer is "smpte2084" or "arib-std-b67";

    private static string Ordinary(VideoStreamInfo picture, int width, int height)
    {
        // Untagged video: BT.601 below HD size, else BT.709, as players do.
        var isTagged = picture.Matrix is not ("" or "unknown");
        var matrix = isTagged ? "auto" : picture is { Width: >= 1280 } or { Height: >= 720 } ? "bt709" : "bt601";
        return Invariant($"scale=w={width}:h={height}:{Scaler}:in_color_matrix={matrix}:out_color_matrix=bt709:in_range=auto:out_range=tv");
    }

    /// <summary>BT.2020 to BT.709 in linear light, with tone mapping of highlights.</summary>
    private static string WideGamut(VideoStreamInfo picture, int width, int height)
    {
        var from = (picture.Matrix is "" or "unknown" ? ":min=bt2020nc" : "") + (picture.Primaries is "" or "unknown" ? ":pin=bt2020" : "")
            + (picture.Transfer is "" or "unknown" ? ":tin=bt709" : "");
        var rollOff = IsHighDynamicRange(picture) ? "tonemap=tonemap=hable:desat=0," : "";
        return Invariant($"zscale=w={width}:h={height}:f=bicubic:t=linear:npl=100{from},format=gbrpf32le,zscale=p=bt709,{rollOff}zscale=t=bt709:m=bt709:r=tv");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
