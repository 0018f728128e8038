namespace Kinema.Motion.FirstLastFrame;

/// <summary>Checks whether two pictures with their padding cover every view of the camera between them.</summary>
internal sealed class PairCoverage
{
    private const int PointsAlongEdge = 48;
    private const int PointsWithin = 8;

    /// <summary>Tolerance for rounding, in cell sides.</summary>
    private const double RoundingTolerance = 0.005;

    private readonly PairGeometry _frame;
    private readonly PictureExtent _first;
    private readonly PictureExtent _second;
    private readonly Homography _toFirst;
    private readonly Homography _toSecond;
    private readonly (double X, double Y)[] _points;

    /// <param name="toFirst">Map from the middle plane to the first picture.</param>
    /// <param name="toSecond">The same for the second picture.</param>
    /// <param name="fill">Padding around either picture.</param>
    public PairCoverage(PairGeometry frame, in Homography toFirst, in Homography toSecond, double fill)
    {
        (_frame, _toFirst, _toSecond) = (frame, toFirst, toSecond);
        (_first, _second) = (frame.First.Expanded(fill), frame.Second.Expanded(fill));
        List<(double X, double Y)> points = [];
        for (var i = 0; i <= PointsAlongEdge; i++)
        {
            var along = ((double)i / PointsAlongEdge) - 0.5;
            points.AddRange([(along * frame.Aspect, -0.5), (along * frame.Aspect, 0.5), (-frame.Aspect / 2, along), (frame.Aspect / 2, along)]);
        }

        for (var i = 0; i < PointsWithin * PointsWithin; i++)
            points.Add(((((i % PointsWithin) + 0.5) / PointsWithin - 0.5) * frame.Aspect, (((i / PointsWithin) + 0.5) / PointsWithin) - 0.5));
        _points = [.. points];
    }

    /// <summary>Whether one of the pictures covers the mesh cells around every point of the frame at that zoom.</summary>
    public bool Covers(in Homography toMiddle, double zoom)
    {
        var (first, second) = (_toFirst * toMiddle, _toSecond * toMiddle);
        foreach (var point in _points)
        {
            if (!IsWithin(first, _first, point, zoom) && !IsWithin(second, _second, point, zoom))
                return false;
        }

        return true;
    }

    private bool IsWithin(in Homography toPicture, in PictureExtent extent, (double X, double Y) point, double zoom)
    {
        var (left, right) = (Math.Max(-_frame.Aspect / 2, point.X - _frame.Cell) / zoom, Math.Min(_frame.Aspect / 2, point.X + _frame.Cell) / zoom);
        var (top, bottom) = (Math.Max(-0.5, point.Y - _frame.Cell) / zoom, Math.Min(0.5, point.Y + _frame.Cell) / zoom);
        var least = -RoundingTolerance * _frame.Cell;
        return extent.SignedDistance(toPicture.Apply(left, top)) > least && extent.SignedDistance(toPicture.Apply(right, top)) > least
            && extent.SignedDistance(toPicture.Apply(left, bottom)) > least && extent.SignedDistance(toPicture.Apply(right, bottom)) > least;
    }
}
