using Microsoft.Extensions.Options;

namespace Kinema.Media.AudioVideo;

/// <summary>
/// Tells whether a gap in the numbers of an H.264 video's pictures means that one was lost. A stream may allow gaps: where a layer of pictures was taken out on
/// purpose, no other builds on it.
/// </summary>
/// <remarks>gaps_in_frame_num_value_allowed_flag of the sequence parameter sets (ISO/IEC 14496-10, 7.4.2.1.1). Runs a restricted ffmpeg, which does not decode.</remarks>
internal sealed class FrameNumberGaps(IOptions<MediaOptions> options)
{
    private const string Flag = "gaps_in_frame_num_allowed_flag";

    /// <summary>Room for what ffmpeg says of the file and for some parameter sets.</summary>
    private const int MaxReport = 64 << 10;

    /// <summary>NAL unit type of sequence parameter sets; nothing else is printed.</summary>
    private const string ParameterSets = "filter_units=pass_types=7,trace_headers";

    public async Task<bool> AreLossesAsync(string contentType, string path, VideoStreamInfo picture, CancellationToken ct)
    {
        string[] output = ["-map", $"0:{picture.Specifier}", "-c", "copy", "-bsf:v", ParameterSets, "-frames:v", "1"];
        var report = await FfmpegMeasurement.ReadAsync(options.Value, contentType, path, output, ct, MaxReport).ConfigureAwait(false);
        return report?.Split('\n').FirstOrDefault(line => line.Contains(Flag, StringComparison.Ordinal))?.TrimEnd().EndsWith("= 0", StringComparison.Ordinal) == true;
    }
}
