using System.Globalization;
using System.Text;
using OpenCvSharp;

namespace Kinema.Motion.Sheets;

/// <summary>Arranges filmstrips below each other on a dark page, each under its title.</summary>
internal static class ContactSheetLayout
{
    private const int Gap = 8;
    private const int TitleHeight = 30;
    private const double TitleScale = 0.55;

    private static readonly Scalar _paper = Scalar.All(24);
    private static readonly Scalar _ink = Scalar.All(225);

    public static Mat Arrange(IReadOnlyList<Filmstrip> filmstrips)
    {
        var width = filmstrips.Max(filmstrip => filmstrip.Frames.Sum(frame => frame.Width + Gap)) + Gap;
        var height = filmstrips.Sum(filmstrip => TitleHeight + filmstrip.Frames[0].Height + Gap) + Gap;
        var page = new Mat(height, width, MatType.CV_8UC3, _paper);
        var top = Gap / 2;
        foreach (var (row, filmstrip) in filmstrips.Index())
        {
            // OpenCV's fonts are ASCII only, and an empty text is an error. The order of the rows identifies the prompt.
            var title = filmstrip.Title.Length > 0 && Ascii.IsValid(filmstrip.Title)
                ? filmstrip.Title : string.Create(CultureInfo.InvariantCulture, $"Prompt {row + 1}");
            Cv2.PutText(page, title, new Point(Gap, top + TitleHeight - 10), HersheyFonts.HersheySimplex, TitleScale, _ink, 1, LineTypes.AntiAlias);
            top += TitleHeight;
            var left = Gap;
            foreach (var frame in filmstrip.Frames)
            {
                using var position = page[new Rect(left, top, frame.Width, frame.Height)];
                frame.CopyTo(position);
                left += frame.Width + Gap;
            }

            top += filmstrip.Frames[0].Height + Gap;
        }

        return page;
    }
}
