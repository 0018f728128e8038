using Kinema.Motion.Prompts;
using Kinema.Motion.Scenes;
using Kinema.Motion.Tests.Support;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Shown;

/// <summary>One move over one picture, of which the frames were seen: everything here is measured from them, and only how near a point is comes from the scene.</summary>
internal sealed class Shot
{
    /// <summary>Growth and turns are told in pixels at this distance from the middle.</summary>
    public const double PixelsAway = 300;

    /// <summary>Of inverse depth.</summary>
    public const double LeastSpread = 0.06;

    /// <summary>A followed point is looked at with what is around it; what lies on an outline belongs to both sides.</summary>
    private const int Around = 11;

    /// <summary>Points; the mean of so many is as exact as smoothness is judged.</summary>
    private const int Few = 12;

    private readonly List<(Point2d[] Way, double Near)> _points = [];

    private Shot(Sights.Sight sight, FramedTrajectory path) => (Sight, Path) = (sight, path);

    public Sights.Sight Sight { get; }

    public FramedTrajectory Path { get; }

    public byte[] First { get; private set; } = [];

    /// <summary>Luma of the frames that were kept for a closer look.</summary>
    public Dictionary<int, byte[]> Looks { get; } = [];

    /// <summary>Frames that were followed.</summary>
    public int Frames { get; private set; }

    public int Points => _points.Count;

    public DepthProfile Depth => Path.Depth;

    /// <summary>Near and far among the followed points are far enough apart to be told from one another.</summary>
    public bool HasDepth => Spread > LeastSpread;

    private double Spread => Percentile(0.95) - Percentile(0.05);

    /// <param name="every">Frames from one that is followed to the next; the last one is followed always.</param>
    /// <param name="look">Frames from one that is kept to the next.</param>
    public static Shot Of(Sights sights, string picture, Move move, int every = 1, int look = 1000)
    {
        var path = sights.PathOf(picture, new CameraPlan([new([new(move, Speed.Normal)])], CameraRequested: true, []));
        var shot = new Shot(sights[picture], path);
        using var tracks = new Tracks(shot.Sight.Format);
        sights.Watch(picture, path, (frame, index, format) =>
        {
            if (index == 0)
                shot.First = (byte[])frame.Clone();
            tracks.See(frame);
            if (index % look == 0)
                shot.Looks[index] = frame[..(format.Width * format.Height)];
        }, every);
        shot.Frames = tracks.Frames;
        foreach (var way in tracks.Kept())
        {
            if (shot.NearnessOf(way[0]) is { } near)
                shot._points.Add(([.. way.Select(shot.Centred)], near));
        }

        return shot;
    }

    /// <summary>Pixels that the point which went farthest went; a few are not asked, for some always go astray.</summary>
    public double Farthest(int frame) => _points.Select(point => point.Way[frame].DistanceTo(point.Way[0])).Order().ElementAt(_points.Count * 97 / 100);

    public Parting To(int frame, bool growing) => Parting.Of([.. _points.Select(point => (point.Way[0], point.Way[frame], point.Near))], growing);

    /// <summary>How far everything has come at each frame, as a part of its whole way: the middle one of all points that go far.</summary>
    public IReadOnlyList<double> Progress()
    {
        var far = _points.Where(point => Length(point.Way) > 0.4 * Farthest(Frames - 1)).ToList();
        return [.. Enumerable.Range(0, Frames).Select(frame => Median(far.Select(point =>
        {
            var whole = point.Way[^1] - point.Way[0];
            return (point.Way[frame] - point.Way[0]).DotProduct(whole) / whole.DotProduct(whole);
        })))];

        static double Length(Point2d[] way) => way[^1].DistanceTo(way[0]);
    }

    /// <summary>How far the points are from where they began, at each frame: the middle one.</summary>
    public IReadOnlyList<double> Gone(Func<Point2d, double> axis) =>
        [.. Enumerable.Range(0, Frames).Select(frame => Median(_points.Select(point => axis(point.Way[frame] - point.Way[0]))))];

    /// <summary>The mean of the middle fifth, of few values of more: as deaf to what went astray as the median, and not as coarse.</summary>
    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = Math.Max(sorted.Count / 5, Math.Min(Few, sorted.Count * 3 / 5));
        return sorted.Skip((sorted.Count - middle) / 2).Take(Math.Max(1, middle)).Average();
    }

    private double Percentile(double part) => _points.Count == 0 ? 0 : _points.Select(point => point.Near).Order().ElementAt((int)(part * (_points.Count - 1)));

    private Point2d Centred(Point2d point) => new(point.X + 0.5 - (Sight.Format.Width / 2.0), point.Y + 0.5 - (Sight.Format.Height / 2.0));

    private double? NearnessOf(Point2d point)
    {
        double? found = null;
        foreach (var (right, down) in new[] { (0, 0), (-Around, 0), (Around, 0), (0, -Around), (0, Around) })
        {
            var x = Path.Framing.X + ((point.X + right + 0.5) / Sight.Format.Width * Path.Framing.Width);
            var y = Path.Framing.Y + ((point.Y + down + 0.5) / Sight.Format.Height * Path.Framing.Height);
            var near = Topmost(Sight.Scene, Math.Clamp(x, 0, 0.9999), Math.Clamp(y, 0, 0.9999));
            if (near is null || Math.Abs((found ?? near.Value) - near.Value) > 0.1)
                return null;
            found ??= near;
        }

        return found;
    }

    private static double? Topmost(Scene scene, double x, double y)
    {
        for (var i = scene.Layers.Count - 1; i > 0; i--)
        {
            var matte = scene.Layers[i].Matte!;
            var there = matte.At<byte>((int)(y * matte.Height), (int)(x * matte.Width));
            if (there is > 20 and < 235)
                return null;
            if (there >= 235)
                return scene.Layers[i].Depth.At(x, y);
        }

        return scene.Layers[0].Depth.At(x, y);
    }
}
