using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Fills a hole row by row, from what is beside it: before a plain wall, a sweep of paper or a table's straight edge nothing else joins up as well.</summary>
internal static class RowFill
{
    private const int Beside = 12;
    private const int BesideAtAGlance = 6;
    private const float Alike = 26;
    private const float Smooth = 7;
    private const double Most = 0.9;

    /// <summary>Whether nearly all rows of a hole have much the same on both its sides, and no pattern along them.</summary>
    /// <param name="picture">At a small size.</param>
    public static unsafe bool Suits(Mat picture, Mat hole)
    {
        var (width, height) = (picture.Width, picture.Height);
        int rows = 0, alike = 0;
        for (var y = 0; y < height; y++)
        {
            var open = new ReadOnlySpan<byte>((byte*)hole.Ptr(y), width);
            var row = new ReadOnlySpan<Vec3b>((void*)picture.Ptr(y), width);
            var (from, to) = (open.IndexOfAnyExcept((byte)0), open.LastIndexOfAnyExcept((byte)0) + 1);
            if (from < 0)
                continue;
            rows++;
            if (Mean(row, open, Math.Max(0, from - BesideAtAGlance), from) is { } left && Mean(row, open, to, Math.Min(row.Length, to + BesideAtAGlance)) is { } right
                && Away(left, right) < Alike && Pattern(row[Math.Max(0, from - BesideAtAGlance)..from], left) < Smooth && Pattern(row[to..Math.Min(row.Length, to + BesideAtAGlance)], right) < Smooth)
            {
                alike++;
            }
        }

        return alike > Most * rows;
    }

    private static float Pattern(ReadOnlySpan<Vec3b> part, Vec3f mean)
    {
        var sum = 0f;
        foreach (var colour in part)
            sum += Away(new Vec3f(colour.Item0, colour.Item1, colour.Item2), mean) / part.Length;
        return sum;
    }

    private static float Away(Vec3f one, Vec3f other) =>
        Math.Max(Math.Abs(one.Item0 - other.Item0), Math.Max(Math.Abs(one.Item1 - other.Item1), Math.Abs(one.Item2 - other.Item2)));

    public static unsafe Mat Over(Mat picture, Mat hole)
    {
        var behind = picture.Clone();
        var width = picture.Width;
        Parallel.For(0, picture.Height, y =>
        {
            var open = new ReadOnlySpan<byte>((byte*)hole.Ptr(y), width);
            var row = new Span<Vec3b>((void*)behind.Ptr(y), width);
            for (var from = open.IndexOfAnyExcept((byte)0); from >= 0 && from < row.Length;)
            {
                var length = open[from..].IndexOf((byte)0);
                var to = length < 0 ? row.Length : from + length;
                Bridge(row, open, from, to);
                var next = open[to..].IndexOfAnyExcept((byte)0);
                from = next < 0 ? row.Length : to + next;
            }
        });

        // The rows were told by few pixels each: along the hole they are brought together, a little.
        using var calm = new Mat();
        Cv2.GaussianBlur(behind, calm, new Size(1, 3), 0, 0.7);
        calm.CopyTo(behind, hole);
        return behind;
    }

    private static void Bridge(Span<Vec3b> row, ReadOnlySpan<byte> open, int from, int to)
    {
        var left = Mean(row, open, Math.Max(0, from - Beside), from);
        var right = Mean(row, open, to, Math.Min(row.Length, to + Beside));
        if ((left ?? right) is not { } start)
            return;
        var end = right ?? start;
        for (var x = from; x < to; x++)
        {
            var colour = start + ((end - start) * ((x - from + 0.5f) / (to - from)));
            row[x] = new Vec3b((byte)(colour.Item0 + 0.5f), (byte)(colour.Item1 + 0.5f), (byte)(colour.Item2 + 0.5f));
        }
    }

    private static Vec3f? Mean(ReadOnlySpan<Vec3b> row, ReadOnlySpan<byte> open, int from, int to)
    {
        var (sum, count) = (new Vec3f(0, 0, 0), 0);
        for (var x = from; x < to; x++)
        {
            if (open[x] > 0)
                continue;
            sum += new Vec3f(row[x].Item0, row[x].Item1, row[x].Item2);
            count++;
        }

        return count == 0 ? null : sum * (1f / count);
    }
}
