using Kinema.Motion.Threads;
using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>
/// Fills a hole row by row, by linear interpolation between both sides. Best for a plain wall, a paper sweep or the straight edge of a table.
/// </summary>
internal static class RowInterpolation
{
    private const int SampleWidth = 12;
    private const int TestWidth = 6;
    private const float MaxSideDifference = 26;
    private const float MaxTexture = 7;
    private const double MinRowShare = 0.9;

    /// <summary>Whether nearly all rows of a hole have similar colours on both sides and no texture there.</summary>
    /// <param name="picture">At a small size.</param>
    public static unsafe bool IsSuitable(Mat picture, Mat hole)
    {
        var (width, height) = (picture.Width, picture.Height);
        int rows = 0, suitable = 0;
        for (var y = 0; y < height; y++)
        {
            var isHole = new ReadOnlySpan<byte>((byte*)hole.Ptr(y), width);
            var row = new ReadOnlySpan<Vec3b>((void*)picture.Ptr(y), width);
            var (from, to) = (isHole.IndexOfAnyExcept((byte)0), isHole.LastIndexOfAnyExcept((byte)0) + 1);
            if (from < 0)
                continue;
            rows++;
            if (Mean(row, isHole, Math.Max(0, from - TestWidth), from) is { } left && Mean(row, isHole, to, Math.Min(row.Length, to + TestWidth)) is { } right
                && MaxDifference(left, right) < MaxSideDifference && Texture(row[Math.Max(0, from - TestWidth)..from], left) < MaxTexture && Texture(row[to..Math.Min(row.Length, to + TestWidth)], right) < MaxTexture)
            {
                suitable++;
            }
        }

        return suitable > MinRowShare * rows;
    }

    private static float Texture(ReadOnlySpan<Vec3b> part, Vec3f mean)
    {
        var sum = 0f;
        foreach (var colour in part)
            sum += MaxDifference(new Vec3f(colour.Item0, colour.Item1, colour.Item2), mean) / part.Length;
        return sum;
    }

    private static float MaxDifference(Vec3f one, Vec3f other) =>
        Math.Max(Math.Abs(one.Item0 - other.Item0), Math.Max(Math.Abs(one.Item1 - other.Item1), Math.Abs(one.Item2 - other.Item2)));

    public static unsafe Mat Fill(Mat picture, Mat hole)
    {
        var filled = picture.Clone();
        var width = picture.Width;
        Parallel.For(0, picture.Height, SameThreads.Options(CancellationToken.None), y =>
        {
            var isHole = new ReadOnlySpan<byte>((byte*)hole.Ptr(y), width);
            var row = new Span<Vec3b>((void*)filled.Ptr(y), width);
            for (var from = isHole.IndexOfAnyExcept((byte)0); from >= 0 && from < row.Length;)
            {
                var length = isHole[from..].IndexOf((byte)0);
                var to = length < 0 ? row.Length : from + length;
                Interpolate(row, isHole, from, to);
                var next = isHole[to..].IndexOfAnyExcept((byte)0);
                from = next < 0 ? row.Length : to + next;
            }
        });

        // Each row depends on few pixels. A slight vertical blur evens out the rows of the hole.
        using var smoothed = new Mat();
        Cv2.GaussianBlur(filled, smoothed, new Size(1, 3), 0, 0.7);
        smoothed.CopyTo(filled, hole);
        return filled;
    }

    private static void Interpolate(Span<Vec3b> row, ReadOnlySpan<byte> isHole, int from, int to)
    {
        var left = Mean(row, isHole, Math.Max(0, from - SampleWidth), from);
        var right = Mean(row, isHole, to, Math.Min(row.Length, to + SampleWidth));
        if ((left ?? right) is not { } start)
            return;
        var end = right ?? start;
        for (var x = from; x < to; x++)
        {
            var colour = start + ((end - start) * ((x - from + 0.5f) / (to - from)));
            row[x] = new Vec3b((byte)(colour.Item0 + 0.5f), (byte)(colour.Item1 + 0.5f), (byte)(colour.Item2 + 0.5f));
        }
    }

    private static Vec3f? Mean(ReadOnlySpan<Vec3b> row, ReadOnlySpan<byte> isHole, int from, int to)
    {
        var (sum, count) = (new Vec3f(0, 0, 0), 0);
        for (var x = from; x < to; x++)
        {
            if (isHole[x] > 0)
                continue;
            sum += new Vec3f(row[x].Item0, row[x].Item1, row[x].Item2);
            count++;
        }

        return count == 0 ? null : sum * (1f / count);
    }
}
