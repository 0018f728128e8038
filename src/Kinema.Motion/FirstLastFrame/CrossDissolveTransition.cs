using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>
/// Cross dissolve between unrelated pictures, with one slow zoom and pan through both that peaks during the dissolve.
/// Only the first picture is visible at the beginning, and only the second at the end.
/// </summary>
internal sealed class CrossDissolveTransition : ITransition
{
    /// <summary>Share of the time that the dissolve takes, centred.</summary>
    public const double DissolveShare = 0.4;

    private const double ZoomPulse = 0.09;

    /// <summary>Pan as a fraction of the room that the zoom leaves at each side.</summary>
    private const double PanShare = 0.7;

    private const double Gamma = 2.2;
    private const int LumaWidth = 160;

    private readonly Luma _first;
    private readonly Luma _second;

    /// <param name="first">First picture at a small size, blue, green, red.</param>
    public CrossDissolveTransition(Mat first, Mat second) => (_first, _second) = (Luma.Of(first, LumaWidth), Luma.Of(second, LumaWidth));

    public void FillMeshes(double time, TransitionMeshes meshes, in Homography carried)
    {
        var pulse = Math.Sin(Math.PI * time);
        var size = 1 / (1 + (ZoomPulse * pulse * pulse));
        var pan = -PanShare * Math.Cos(Math.PI * time) * (1 - size) / 2;
        var share = SmootherStep((time - 0.5 + (DissolveShare / 2)) / DissolveShare);
        for (int row = 0, vertex = 0; row < meshes.First.Rows; row++)
        {
            for (var column = 0; column < meshes.First.Columns; column++, vertex++)
            {
                var place = meshes.VertexPosition(column, row);
                var (x, y) = meshes.ToFractions(carried.Apply(place.X, place.Y));
                var point = (X: 0.5 + ((x - 0.5) * size) + pan, Y: 0.5 + ((y - 0.5) * size));
                meshes.Set(vertex, point, point, Opacity(share, _first.At(point.X, point.Y), _second.At(point.X, point.Y)));
            }
        }

        meshes.ExtrapolateBorder();
    }

    /// <summary>
    /// Opacity whose mix of gamma-encoded values matches the brightness of a mix in linear light: highlights appear early and fade late, as on film.
    /// </summary>
    private static double Opacity(double share, double first, double second)
    {
        if (share is <= 0 or >= 1)
            return share;

        var difference = second - first;
        var mixed = Math.Pow(((1 - share) * Math.Pow(first, Gamma)) + (share * Math.Pow(second, Gamma)), 1 / Gamma);
        var byLight = Math.Abs(difference) < 1e-3 ? share : (mixed - first) / difference;
        return share + ((byLight - share) * Math.Min(1, Math.Abs(difference) / 0.05));
    }

    private static double SmootherStep(double value)
    {
        value = Math.Clamp(value, 0, 1);
        return value * value * value * ((value * ((value * 6) - 15)) + 10);
    }

    private sealed class Luma(int width, int pulse, byte[] values)
    {
        public static Luma Of(Mat picture, int width)
        {
            using Mat small = new(), grey = new();
            var pulse = Math.Max(2, (int)Math.Round((double)width * picture.Height / picture.Width));
            Cv2.Resize(picture, small, new Size(width, pulse), 0, 0, InterpolationFlags.Area);
            Cv2.CvtColor(small, grey, ColorConversionCodes.BGR2GRAY);
            Cv2.GaussianBlur(grey, grey, new Size(0, 0), 2);
            grey.GetArray(out byte[] values);
            return new(width, pulse, values);
        }

        /// <summary>Luma from 0 to 1 at a point in fractions of the sides.</summary>
        public double At(double x, double y)
        {
            var across = Math.Clamp((x * width) - 0.5, 0, width - 1);
            var down = Math.Clamp((y * pulse) - 0.5, 0, pulse - 1);
            var (left, top) = (Math.Min((int)across, width - 2), Math.Min((int)down, pulse - 2));
            var (right, below) = (across - left, down - top);
            var i = (top * width) + left;
            var above = values[i] + ((values[i + 1] - values[i]) * right);
            var beneath = values[i + width] + ((values[i + width + 1] - values[i + width]) * right);
            return (above + ((beneath - above) * below)) / 255;
        }
    }
}
