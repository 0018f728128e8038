using System.Globalization;
using System.Text;
using OpenCvSharp;

namespace Kinema.Motion.Sheets;

/// <summary>Strips below each other on a dark page, each under its title.</summary>
internal static class SheetLayout
{
    private const int Gap = 8;
    private const int TitleHeight = 30;
    private const double TitleScale = 0.55;

    private static readonly Scalar _paper = Scalar.All(24);
    private static readonly Scalar _ink = Scalar.All(225);

    public static Mat Arrange(IReadOnlyList<Strip> strips)
    {
        var width = strips.Max(strip => strip.Frames.Sum(frame => frame.Width + Gap)) + Gap;
        var height = strips.Sum(strip => TitleHeight + strip.Frames[0].Height + Gap) + Gap;
        var page = new Mat(height, width, MatType.CV_8UC3, _paper);
        var top = Gap / 2;
        foreach (var (row, strip) in strips.Index())
        {
            // The built-in letters are ASCII only, and no letters at all are an error; the order of the rows tells which prompt it was.
            var title = strip.Title.Length > 0 && Ascii.IsValid(strip.Title) ? strip.Title : string.Create(CultureInfo.InvariantCulture, $"Prompt {row + 1}");
            Cv2.PutText(page, title, new Point(Gap, top + TitleHeight - 10), HersheyFonts.HersheySimplex, TitleScale, _ink, 1, LineTypes.AntiAlias);
            top += TitleHeight;
            var left = Gap;
            foreach (var frame in strip.Frames)
            {
                using var place = page[new Rect(left, top, frame.Width, frame.Height)];
                frame.CopyTo(place);
                left += frame.Width + Gap;
            }

            top += strip.Frames[0].Height + Gap;
        }

        return page;
    }
}
