using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>The vanishing point: the intersection of the oblique lines of floors, corridors, streets and rails.</summary>
/// <param name="X">Fraction of the width.</param>
/// <param name="Y">Fraction of the height.</param>
/// <param name="Certainty">Share of the length of the oblique lines that supports the point, 0 if there are too few.</param>
internal readonly record struct VanishingPoint(double X, double Y, double Certainty)
{
    private const double MinLengthShare = 0.07;
    private const double MaxDistanceShare = 0.03;

    public static VanishingPoint Of(AnalysisImage picture)
    {
        using var detector = LineSegmentDetector.Create();
        using var grey = new Mat();
        Cv2.CvtColor(picture.Colour, grey, ColorConversionCodes.BGR2GRAY);
        using var found = new Mat();
        detector.Detect(grey, found, null, null, null);
        if (found.Empty())
            return default;
        found.GetArray(out Vec4f[] segments);
        var longest = Math.Max(picture.Width, picture.Height);
        // Vertical and level lines belong to walls and shelves. They do not meet within the picture.
        var lines = segments.Select(Line.Of)
            .Where(line => line.Length > MinLengthShare * longest && Math.Abs(line.A) is > 0.2 and < 0.98)
            .OrderByDescending(line => line.Length).Take(60).ToArray();
        var total = lines.Sum(line => line.Length);
        if (lines.Length < 6 || total < 1.5 * longest)
            return default;

        var best = default(VanishingPoint);
        for (var i = 0; i < lines.Length; i++)
        {
            for (var j = i + 1; j < lines.Length; j++)
            {
                var determinant = (lines[i].A * lines[j].B) - (lines[j].A * lines[i].B);
                if (Math.Abs(determinant) < 0.15)
                    continue;
                var x = ((lines[i].B * lines[j].C) - (lines[j].B * lines[i].C)) / determinant;
                var y = ((lines[j].A * lines[i].C) - (lines[i].A * lines[j].C)) / determinant;
                if (x < 0 || x > picture.Width || y < -0.1 * picture.Height || y > 0.75 * picture.Height)
                    continue;
                var support = lines.Where(line => Math.Abs((line.A * x) + (line.B * y) + line.C) < MaxDistanceShare * longest).Sum(line => line.Length) / total;
                if (support > best.Certainty)
                    best = new VanishingPoint(x / picture.Width, y / picture.Height, support);
            }
        }

        return best with { Certainty = Math.Clamp((best.Certainty - 0.35) / 0.4, 0, 1) };
    }

    /// <summary>A x + B y + C = 0 with A² + B² = 1.</summary>
    private readonly record struct Line(double A, double B, double C, double Length)
    {
        public static Line Of(Vec4f ends)
        {
            var (dx, dy) = ((double)ends.Item2 - ends.Item0, (double)ends.Item3 - ends.Item1);
            var length = Math.Max(1e-6, Math.Sqrt((dx * dx) + (dy * dy)));
            var (a, b) = (-dy / length, dx / length);
            return new Line(a, b, -((a * ends.Item0) + (b * ends.Item1)), length);
        }
    }
}
