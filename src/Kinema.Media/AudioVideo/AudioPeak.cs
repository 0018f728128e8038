using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Kinema.Media.AudioVideo;

/// <summary>Measures the peak of a sound after conversion to stereo with a restricted ffmpeg.</summary>
internal sealed partial class AudioPeak(IOptions<MediaOptions> options)
{
    /// <param name="track">Index among the audio streams.</param>
    /// <param name="seconds">Length to measure, seconds.</param>
    /// <returns>1 for full scale; null if it cannot be measured.</returns>
    public async Task<double?> MeasureAsync(string contentType, string path, int track, int channels, double seconds, CancellationToken ct)
    {
        string[] output =
        [
            "-map", string.Create(CultureInfo.InvariantCulture, $"0:a:{track}"), "-vn", "-sn", "-dn",
            "-t", seconds.ToString("0.######", CultureInfo.InvariantCulture),
            "-af", AudioFilters.ToStereo(channels) + ",astats=measure_perchannel=none:measure_overall=Peak_level",
        ];
        return await FfmpegMeasurement.ReadAsync(options.Value, contentType, path, output, ct).ConfigureAwait(false) is { } report
            && PeakLevel().Match(report) is { Success: true } level && double.TryParse(level.Groups[1].Value, CultureInfo.InvariantCulture, out var decibels)
            ? Math.Round(Math.Pow(10, decibels / 20), 6)
            : null;
    }

    [GeneratedRegex(@"Peak level dB: (-?[\d.]+)")]
    private static partial Regex PeakLevel();
}
