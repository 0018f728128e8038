using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>FeatureTracks of the points of a regular grid from one picture to the other.</summary>
/// <remarks>
/// Lucas-Kanade tracking only finds targets near its initial guess. It runs with several guesses: zero, the flow of the nearest feature match, and
/// repeatedly the flow of the best neighbour. The result with the smallest difference wins.
/// </remarks>
internal sealed class FeatureTracks
{
    /// <summary>Penalty per pixel of flow, grey codes: textureless areas stay in place.</summary>
    private const float TravelCost = 0.01f;

    private const float NotFound = 1000;
    private const int Window = 15;

    /// <summary>Window of the last pass: next to an edge a wide window covers the wrong side.</summary>
    private const int NarrowWindow = 7;

    private const int Levels = 4;
    private const double SeedRadiusPixels = 90;

    private readonly Mat _from;
    private readonly Mat _to;
    private readonly byte[] _toExtent;
    private readonly Size _size;
    private readonly Point2f[] _points;
    private readonly bool[] _covered;

    private FeatureTracks(Mat from, Mat to, Mat fromExtent, Mat toExtent, MiddlePlaneGrid grid)
    {
        (_from, _to, _size, Columns, Rows) = (from, to, to.Size(), grid.Columns, grid.Rows);
        fromExtent.GetArray(out byte[] covered);
        toExtent.GetArray(out _toExtent);
        _points = [.. Enumerable.Range(0, Columns * Rows).Select(i => new Point2f(Centre(i % Columns), Centre(i / Columns)))];
        _covered = [.. _points.Select(point => covered[((int)point.Y * _size.Width) + (int)point.X] != 0)];
        Flow = new Point2f[_points.Length];
        Difference = new float[_points.Length];
        Array.Fill(Difference, NotFound);

        static float Centre(int index) => ((index + 0.5f) * MiddlePlaneGrid.PointSpacing) - 0.5f;
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Flow in pixels, row by row.</summary>
    public Point2f[] Flow { get; }

    /// <summary>Mean residual difference around each point, grey codes; <see cref="NotFound"/> if tracking failed.</summary>
    public float[] Difference { get; }

    /// <param name="seeds">Positions and flow of the feature matches, pixels.</param>
    public static FeatureTracks Track(Mat from, Mat to, Mat fromExtent, Mat toExtent, MiddlePlaneGrid grid, IReadOnlyList<(Point2f At, Point2f Flow)> seeds)
    {
        var points = new FeatureTracks(from, to, fromExtent, toExtent, grid);
        points.TryGuess(_ => default(Point2f), Levels, Window);
        if (seeds.Count > 0)
            points.TryGuess(i => points.Nearest(i, seeds), 1, Window);
        foreach (var reach in new[] { 1, 4 })
            points.TryGuess(i => points.BestNeighbour(i, reach), 0, Window);

        var flow = (Point2f[])points.Flow.Clone();
        Array.Fill(points.Difference, NotFound);
        points.TryGuess(_ => default(Point2f), 0, NarrowWindow);
        points.TryGuess(i => flow[i], 0, NarrowWindow);
        points.TryGuess(i => points.BestNeighbour(i, 1), 0, NarrowWindow);
        return points;
    }

    private void TryGuess(Func<int, Point2f?> guess, int levels, int window)
    {
        List<int> which = [];
        List<Point2f> guesses = [];
        for (var i = 0; i < _points.Length; i++)
        {
            if (!_covered[i] || guess(i) is not { } flow)
                continue;
            which.Add(i);
            guesses.Add(_points[i] + flow);
        }

        if (which.Count == 0)
            return;

        var found = guesses.ToArray();
        Cv2.CalcOpticalFlowPyrLK(
            _from, _to, [.. which.Select(i => _points[i])], ref found, out var status, out var difference, new Size(window, window), levels,
            new TermCriteria(CriteriaTypes.Eps | CriteriaTypes.Count, 15, 0.02), OpticalFlowFlags.UseInitialFlow, 1e-5);
        for (var k = 0; k < which.Count; k++)
        {
            var i = which[k];
            var flow = found[k] - _points[i];
            var cost = difference[k] + (TravelCost * (float)Math.Sqrt((flow.X * flow.X) + (flow.Y * flow.Y)));
            if (status[k] != 0 && cost < Difference[i] && IsCovered(found[k]))
                (Flow[i], Difference[i]) = (flow, cost);
        }
    }

    private bool IsCovered(Point2f at)
    {
        var (x, y) = ((int)MathF.Round(at.X), (int)MathF.Round(at.Y));
        return x >= 0 && y >= 0 && x < _size.Width && y < _size.Height && _toExtent[(y * _size.Width) + x] != 0;
    }

    private Point2f? Nearest(int point, IReadOnlyList<(Point2f At, Point2f Flow)> seeds)
    {
        var nearest = seeds.MinBy(seed => seed.At.DistanceTo(_points[point]));
        return nearest.At.DistanceTo(_points[point]) < SeedRadiusPixels ? nearest.Flow : null;
    }

    /// <summary>Returns null if the best neighbour has the same flow.</summary>
    private Point2f? BestNeighbour(int point, int reach)
    {
        var (column, row) = (point % Columns, point / Columns);
        var best = point;
        for (var y = Math.Max(0, row - reach); y <= Math.Min(Rows - 1, row + reach); y += reach)
        {
            for (var x = Math.Max(0, column - reach); x <= Math.Min(Columns - 1, column + reach); x += reach)
                best = Difference[(y * Columns) + x] < Difference[best] ? (y * Columns) + x : best;
        }

        return Flow[best].DistanceTo(Flow[point]) > 0.3 || Difference[point] >= NotFound ? Flow[best] : null;
    }
}
