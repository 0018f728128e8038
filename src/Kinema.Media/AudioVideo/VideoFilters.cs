using System.Globalization;

namespace Kinema.Media.AudioVideo;

/// <summary>
/// ffmpeg video filters that convert an input video to <see cref="Kinema.Engines.VideoFormat"/>: fields, then frame rate, then size and colour in one step.
/// </summary>
internal static class VideoFilters
{
    /// <param name="frames">Number of frames to make, at most; null if the length is not known.</param>
    public static string Build(VideoStreamInfo picture, int width, int height, int framesPerSecond, int? frames)
    {
        List<string> filters = [];
        // Before anything that changes lines: each field has every other one.
        if (picture.Fields is { } fields)
            filters.Add((picture.ChangesSize ? SameSize(fields, width, height) : "") + Deinterlacer(fields));
        if (picture.HoldSeconds > 0)
            filters.Add(Invariant($"tpad=stop_mode=clone:stop_duration={picture.HoldSeconds:0.######}"));
        // Of a clip with more frames a second the last picture would be nearest to a frame behind the end; it is the one that the next frame continues.
        if (frames is { } count)
            filters.Add(Invariant($"setpts=min(PTS\\,{(count - 0.51) / framesPerSecond:0.######}/TB)"));
        // Time zero is the start of the file: a later first frame keeps its time, so that audio stays in sync.
        filters.Add(Invariant($"fps=fps={framesPerSecond}:start_time=0:round=near{(frames is null ? "" : ":eof_action=pass")}"));
        filters.Add(VideoColour.Convert(picture, width, height));
        filters.Add("setsar=1,format=yuv420p");
        return string.Join(',', filters);
    }

    /// <summary>
    /// Of a clip that changes its size, ffmpeg would end the filters and begin them again: the frame rate would round twice at every change, and later
    /// pictures would be late. The scaler takes frames of any size.
    /// </summary>
    public static IReadOnlyList<string> InputOptions(VideoStreamInfo picture) => picture.ChangesSize ? ["-reinit_filter", "0"] : [];

    /// <summary>One frame for each pair of fields, and frames that say they are whole stay as they are.</summary>
    private static string Deinterlacer(FieldOrder fields) => fields switch
    {
        FieldOrder.PerFrame => "bwdif=mode=send_frame:parity=auto:deint=interlaced",
        FieldOrder.TopFirst => "bwdif=mode=send_frame:parity=tff:deint=all",
        _ => "bwdif=mode=send_frame:parity=bff:deint=all",
    };

    /// <summary>The deinterlacer takes frames of one size only; each field is scaled by itself.</summary>
    private static string SameSize(FieldOrder fields, int width, int height) =>
        Invariant($"scale=w={width}:h={height}:interl={(fields == FieldOrder.PerFrame ? -1 : 1)}:{VideoColour.Scaler},");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
