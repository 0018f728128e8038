using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Where the slanting lines of a picture meet: floors, corridors, streets and rails lead there.</summary>
/// <param name="X">Fraction of the width.</param>
/// <param name="Y">Fraction of the height.</param>
/// <param name="Certainty">Share of the slanting lines' length that agrees, 0 where there are too few.</param>
internal readonly record struct Vanishing(double X, double Y, double Certainty)
{
    private const double LeastLength = 0.07;
    private const double Agreement = 0.03;

    public static Vanishing Of(SmallPicture picture)
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
        // Upright and level lines are walls and shelves: they meet nowhere in the picture.
        var lines = segments.Select(Line.Of)
            .Where(line => line.Length > LeastLength * longest && Math.Abs(line.A) is > 0.2 and < 0.98)
            .OrderByDescending(line => line.Length).Take(60).ToArray();
        var total = lines.Sum(line => line.Length);
        if (lines.Length < 6 || total < 1.5 * longest)
            return default;

        var best = default(Vanishing);
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
                var agreeing = lines.Where(line => Math.Abs((line.A * x) + (line.B * y) + line.C) < Agreement * longest).Sum(line => line.Length) / total;
                if (agreeing > best.Certainty)
                    best = new Vanishing(x / picture.Width, y / picture.Height, agreeing);
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
