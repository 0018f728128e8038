using System.Globalization;

namespace Kinema.Media.Images.Jpeg;

/// <summary>
/// Judges whether a JPEG picture is all there: whether its last scan has all its MCUs, and every component its scans. The end marker proves nothing: a whole picture
/// may lack it, and a cut one have it.
/// </summary>
/// <remarks>
/// Only the last scan can be cut, since a marker follows each other one. A decoder fills what is missing with gray or leaves it blurred, and libjpeg does not fail.
/// </remarks>
internal static class JpegCompleteness
{
    /// <returns>How much is there, if it is not all; null for a whole picture, and for one that is damaged in another way, which the decoder judges.</returns>
    public static string? FindGap(JpegFile jpeg, ReadOnlySpan<byte> file)
    {
        if (jpeg.Frame is not { } frame)
            return null;
        if (jpeg.Scans is not [.., var last])
            return "none of its scans is there";

        var mcus = frame.Mcus(last);
        if (ScanWalk.CountMcus(frame, jpeg.Scans, file) is { } there && there < mcus)
        {
            var percent = string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(1000.0 * there / mcus) / 10:0.#} %");
            return jpeg.Scans.Count == 1 && !frame.IsProgressive
                ? $"{percent} of the picture is there"
                : $"its scan {jpeg.Scans.Count} ends after {percent} of the picture, and no scan follows";
        }

        return HasAllScans(frame, jpeg) ? null : $"it ends after scan {jpeg.Scans.Count}, and others are missing";
    }

    /// <summary>
    /// A progressive picture may by the standard leave out the last bits. So if the end marker is there, only the mean of each block is demanded, as libjpeg does.
    /// </summary>
    private static bool HasAllScans(JpegFrame frame, JpegFile jpeg)
    {
        var lastCoefficient = frame.IsProgressive && jpeg.HasEnd ? 0 : 63;
        return frame.Components.All(component => Enumerable.Range(0, lastCoefficient + 1).All(coefficient => jpeg.Scans.Any(scan =>
            (scan.LowBit == 0 || jpeg.HasEnd)
            && coefficient >= scan.SpectralStart
            && coefficient <= scan.SpectralEnd
            && scan.Components.Any(c => c.Component == component))));
    }
}
