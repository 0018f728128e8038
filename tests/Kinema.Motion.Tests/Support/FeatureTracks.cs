using System.Runtime.InteropServices;
using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Support;

/// <summary>
/// Feature tracks: corners of the first frame, tracked by optical flow from the first frame to each other one, so that errors do not accumulate.
/// </summary>
internal sealed class FeatureTracks(VideoFormat format) : IDisposable
{
    private const int Window = 21;

    /// <summary>Number of tiles across and down. Each contributes its strongest corners, so that soft backgrounds have some too.</summary>
    private const int Tiles = 5;

    private const int MaxPerTile = 14;

    /// <summary>Standard deviation, grey codes, below which there is only noise.</summary>
    private const double MinContrast = 3;

    /// <summary>Mean difference, grey codes, above which a point counts as lost or hidden.</summary>
    private const double MaxDifference = 14;

    /// <summary>The same relative to the standard deviation around the point. An unrelated position differs by about one.</summary>
    private const double MaxDifferenceToContrast = 0.5;

    /// <summary>Least ratio of the smaller to the larger eigenvalue. Along a straight edge the displacement is ambiguous.</summary>
    private const double MinCornerRatio = 0.1;

    private readonly List<Point2f[]> _positions = [];
    private Mat? _first;
    private double[] _contrasts = [];
    private bool[] _isTracked = [];

    public int Frames => _positions.Count;

    public void Add(ReadOnlySpan<byte> frame)
    {
        var now = Luma(frame);
        if (_first is null)
        {
            _first = now;
            _positions.Add(Corners(now));
            _contrasts = [.. _positions[0].Select(position => ContrastAt(now, position))];
            _isTracked = [.. _positions[0].Select(_ => true)];
            return;
        }

        using (now)
        {
            if (_positions[0].Length == 0)
                return;
            var found = (Point2f[])_positions[^1].Clone();
            Cv2.CalcOpticalFlowPyrLK(
                _first, now, _positions[0], ref found, out var status, out var error, new Size(Window, Window), 1,
                TermCriteria.Both(40, 0.003), OpticalFlowFlags.UseInitialFlow);
            for (var i = 0; i < found.Length; i++)
                _isTracked[i] &= status[i] != 0 && error[i] < Math.Min(MaxDifference, MaxDifferenceToContrast * _contrasts[i]) && IsInside(found[i]);
            _positions.Add(found);
        }
    }

    /// <summary>The points tracked in every frame: their positions in pixels, frame by frame.</summary>
    public IReadOnlyList<Point2d[]> Complete() =>
        [.. Enumerable.Range(0, _isTracked.Length).Where(i => _isTracked[i])
            .Select(i => _positions.Select(positions => new Point2d(positions[i].X, positions[i].Y)).ToArray())];

    public void Dispose() => _first?.Dispose();

    private Point2f[] Corners(Mat luma)
    {
        List<Point2f> corners = [];
        using var slopes = new Mat();
        Cv2.CornerEigenValsAndVecs(luma, slopes, Window, 3, BorderTypes.Default);
        for (var tile = 0; tile < Tiles * Tiles; tile++)
        {
            var (across, down) = (tile % Tiles, tile / Tiles);
            var part = new Rect(across * format.Width / Tiles, down * format.Height / Tiles, format.Width / Tiles, format.Height / Tiles);
            using var tileLuma = luma.SubMat(part);
            foreach (var corner in Cv2.GoodFeaturesToTrack(tileLuma, MaxPerTile, 0.03, Math.Max(5, format.Height / 60.0), null!, 5, useHarrisDetector: false, 0.04))
            {
                var position = new Point2f(corner.X + part.X, corner.Y + part.Y);
                var slope = slopes.At<Vec6f>((int)position.Y, (int)position.X);
                if (IsInside(position) && ContrastAt(luma, position) > MinContrast
                    && Math.Min(slope.Item0, slope.Item1) > MinCornerRatio * Math.Max(slope.Item0, slope.Item1))
                    corners.Add(position);
            }
        }

        return [.. corners];
    }

    private static double ContrastAt(Mat luma, Point2f position)
    {
        using var around = luma.SubMat(new Rect((int)position.X - (Window / 2), (int)position.Y - (Window / 2), Window, Window));
        Cv2.MeanStdDev(around, out _, out var deviation);
        return deviation.Val0;
    }

    private bool IsInside(Point2f point) => point.X > Window / 2 && point.Y > Window / 2 && point.X < format.Width - 1 - (Window / 2) && point.Y < format.Height - 1 - (Window / 2);

    private Mat Luma(ReadOnlySpan<byte> frame)
    {
        var luma = new Mat(format.Height, format.Width, MatType.CV_8UC1);
        Marshal.Copy(frame[..(format.Width * format.Height)].ToArray(), 0, luma.Data, format.Width * format.Height);
        // The finest detail attracts a position between two pixels to one of them.
        Cv2.GaussianBlur(luma, luma, default, 1.5);
        return luma;
    }
}
