using System.Globalization;

namespace Kinema.Media.AudioVideo;

/// <summary>ffmpeg audio filters that convert any sound to stereo at one loudness rule.</summary>
/// <remarks>
/// More than two channels are mixed as ITU-R BS.775-4 (Annex 4) says: centre and surround 3 dB lower, without the low-frequency channel. The mix can
/// exceed full scale, as can sound in floating point; the whole sound is then turned down, because a limiter would distort or pump.
/// </remarks>
internal static class AudioFilters
{
    public const int SamplesPerSecond = 48_000;

    /// <summary>Highest peak, -1 dBFS: leaves room for what AAC adds to a peak.</summary>
    private const double MaxPeak = 0.891;

    /// <summary>Mono keeps its loudness when converted to stereo; ffmpeg's default conversion would attenuate it by 3 dB.</summary>
    private const string MonoToStereo = "pan=stereo|c0=c0|c1=c0,";

    public static string ToStereo(int channels) =>
        // Floating point first: the mixer scales integers down, and the loudness would depend on the codec.
        Invariant($"aresample={SamplesPerSecond}:async=1:first_pts=0:out_sample_fmt=fltp,aformat=sample_fmts=fltp,")
        + (channels == 1 ? MonoToStereo : "")
        + "aformat=sample_fmts=fltp:channel_layouts=stereo";

    /// <remarks>Some programs write integers as floating point; their peak is 2³¹ instead of 1, so the gain needs many decimals.</remarks>
    /// <param name="peak">Measured peak of the stereo sound; null if unknown.</param>
    public static string Gain(double? peak) => peak > MaxPeak ? Invariant($",volume={MaxPeak / peak:0.###############}") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
