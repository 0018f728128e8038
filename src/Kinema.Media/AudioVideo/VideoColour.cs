using System.Globalization;

namespace Kinema.Media.AudioVideo;

/// <summary>ffmpeg filters that scale a video and convert its colours to limited BT.709.</summary>
internal static class VideoColour
{
    public const string Scaler = "flags=bicubic+accurate_rnd+full_chroma_int";

    /// <summary>Luminance of reference white in PQ and HLG, cd/m² (ITU-R BT.2408-7, 2.1); it becomes 1.0 in linear light.</summary>
    private const int ReferenceWhite = 203;

    /// <summary>
    /// Leaves light up to 0.9 as it is, so that skin and charts match a standard video, and rolls off the rest up to PQ's 10,000 cd/m²: reference
    /// white becomes 250 of 255. It scales all three channels alike, which keeps the hue.
    /// </summary>
    private const string ToneMap = "tonemap=tonemap=mobius:param=0.9:peak=49.26:desat=0";

    /// <summary>Primaries near enough to BT.709 to be taken for it, as players do; many phones and tools write those of BT.601 without meaning them.</summary>
    private static readonly string[] _narrowPrimaries = ["", "unknown", "reserved", "bt709", "smpte170m", "smpte240m", "bt470bg", "ebu3213", "jedec-p22"];

    /// <summary>Transfer characteristics that zscale does not know are read as BT.709.</summary>
    private static readonly string[] _unreadTransfers = ["", "unknown", "reserved", "bt1361e", "smpte428"];

    public static string Convert(VideoStreamInfo picture, int width, int height) =>
        IsHighDynamicRange(picture) || !_narrowPrimaries.Contains(picture.Primaries) ? InLinearLight(picture, width, height) : Ordinary(picture, width, height);

    private static bool IsHighDynamicRange(VideoStreamInfo picture) => picture.Transfer is "smpte2084" or "arib-std-b67";

    private static string Ordinary(VideoStreamInfo picture, int width, int height)
    {
        var matrix = IsUntagged(picture.Matrix) ? GuessedMatrix(picture) : "auto";
        return Invariant($"scale=w={width}:h={height}:{Scaler}:in_color_matrix={matrix}:out_color_matrix=bt709:in_range=auto:out_range=tv");
    }

    /// <summary>Video that does not name its matrix is BT.709 from 1280 × 720 as shown, upright or turned, and BT.601 below.</summary>
    private static string GuessedMatrix(VideoStreamInfo picture)
    {
        var (width, height) = picture.DisplaySize;
        return Math.Max(width, height) >= 1280 || Math.Min(width, height) >= 720 ? "bt709" : "bt601";
    }

    /// <remarks>
    /// Without <c>agamma=0</c> zscale applies the system gamma of HLG to each channel alone, which changes hues; BT.2100 applies it to luminance.
    /// </remarks>
    private static string InLinearLight(VideoStreamInfo picture, int width, int height)
    {
        var isHdr = IsHighDynamicRange(picture);
        var from = (IsUntagged(picture.Matrix) ? isHdr || picture.Primaries == "bt2020" ? ":min=bt2020nc" : ":min=bt709" : "")
            + (IsUntagged(picture.Primaries) ? ":pin=bt2020" : "")
            + (_unreadTransfers.Contains(picture.Transfer) ? ":tin=bt709" : "");
        // Light is coded again as it was: only the primaries change, and greys stay the same number.
        var transfer = picture.Transfer switch { "iec61966-2-1" => "iec61966-2-1", "gamma22" or "bt470m" => "bt470m", "gamma28" or "bt470bg" => "bt470bg", _ => "bt709" };
        var toneMap = isHdr ? ToneMap + "," : "";
        // zscale takes frames of one size only.
        var oneSize = picture.ChangesSize ? Invariant($"scale=w={width}:h={height}:{Scaler},") : "";
        return Invariant($"{oneSize}zscale=w={width}:h={height}:f=bicubic:t=linear:npl={ReferenceWhite}:agamma=0{from},format=gbrpf32le,zscale=p=bt709,")
            + Invariant($"{toneMap}zscale=t={transfer}:m=bt709:r=tv");
    }

    private static bool IsUntagged(string property) => property is "" or "unknown" or "reserved";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
