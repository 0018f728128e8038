using System.Globalization;

namespace Kinema.Media.AudioVideo;

/// <summary>
/// ffmpeg video filters that convert an input video to <see cref="Kinema.Engines.VideoFormat"/>: fields, then frame rate, then size and colour in one step.
/// </summary>
internal static class VideoFilters
{
    public static string Build(VideoStreamInfo picture, int width, int height, int framesPerSecond)
    {
        List<string> filters = [];
        // Before anything that changes lines: each field has every other one.
        if (Deinterlacer(picture) is { } deinterlacer)
            filters.Add(deinterlacer);
        if (picture.HoldSeconds > 0)
            filters.Add(Invariant($"tpad=stop_mode=clone:stop_duration={picture.HoldSeconds:0.######}"));
        // Time zero is the start of the file: a later first frame keeps its time, so that audio stays in sync.
        filters.Add(Invariant($"fps=fps={framesPerSecond}:start_time=0:round=near"));
        filters.Add(VideoColour.Convert(picture, width, height));
        filters.Add("setsar=1,format=yuv420p");
        return string.Join(',', filters);
    }

    /// <summary>
    /// Of a clip that changes its size, ffmpeg would end the filters and begin them again: the frame rate would round twice at every change, and later
    /// pictures would be late. The scaler takes frames of any size; the deinterlacer does not.
    /// </summary>
    public static IReadOnlyList<string> InputOptions(VideoStreamInfo picture) => picture.ChangesSize ? ["-reinit_filter", "0"] : [];

    /// <summary>One frame for each pair of fields, and frames that say they are whole stay as they are.</summary>
    private static string? Deinterlacer(VideoStreamInfo picture) => picture switch
    {
        { ChangesSize: true } or { Fields: null } => null,
        { Fields: FieldOrder.PerFrame } => "bwdif=mode=send_frame:parity=auto:deint=interlaced",
        { Fields: FieldOrder.TopFirst } => "bwdif=mode=send_frame:parity=tff:deint=all",
        _ => "bwdif=mode=send_frame:parity=bff:deint=all",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
