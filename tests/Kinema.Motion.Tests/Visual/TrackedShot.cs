using Kinema.Motion.Prompts;
using Kinema.Motion.Scenes;
using Kinema.Motion.Tests.Support;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Visual;

/// <summary>One move over one picture, measured from its rendered frames. Only the depth of the points comes from the scene.</summary>
internal sealed class TrackedShot
{
    /// <summary>Distance from the middle, pixels, at which growth and rotation are converted to pixels.</summary>
    public const double PixelsAway = 300;

    /// <summary>Of inverse depth.</summary>
    public const double LeastSpread = 0.06;

    /// <summary>Radius, pixels, within which the depth must be constant. A point on a boundary belongs to both sides.</summary>
    private const int Around = 11;

    /// <summary>Least number of averaged points; enough for the accuracy of the smoothness test.</summary>
    private const int Few = 12;

    private readonly List<(Point2d[] Track, double Near)> _points = [];

    private TrackedShot(SceneFixture.AnalysedPicture picture, FramedTrajectory path) => (Picture, Path) = (picture, path);

    public SceneFixture.AnalysedPicture Picture { get; }

    public FramedTrajectory Path { get; }

    public byte[] First { get; private set; } = [];

    /// <summary>Luma of the stored frames.</summary>
    public Dictionary<int, byte[]> KeptFrames { get; } = [];

    /// <summary>Number of tracked frames.</summary>
    public int Frames { get; private set; }

    public int Points => _points.Count;

    public DepthProfile Depth => Path.Depth;

    /// <summary>The tracked points have a sufficient depth range.</summary>
    public bool HasDepth => Spread > LeastSpread;

    private double Spread => Percentile(0.95) - Percentile(0.05);

    /// <param name="every">Interval between tracked frames. The last frame is always tracked.</param>
    /// <param name="keepEvery">Interval between stored frames.</param>
    public static TrackedShot Of(SceneFixture scenes, string picture, Move move, int every = 1, int keepEvery = 1000)
    {
        var path = scenes.PathOf(picture, new CameraPlan([new([new(move, Speed.Normal)])], CameraRequested: true, []));
        var shot = new TrackedShot(scenes[picture], path);
        using var tracks = new FeatureTracks(shot.Picture.Format);
        scenes.Render(picture, path, (frame, index, format) =>
        {
            if (index == 0)
                shot.First = (byte[])frame.Clone();
            tracks.Add(frame);
            if (index % keepEvery == 0)
                shot.KeptFrames[index] = frame[..(format.Width * format.Height)];
        }, every);
        shot.Frames = tracks.Frames;
        foreach (var track in tracks.Complete())
        {
            if (shot.NearnessOf(track[0]) is { } near)
                shot._points.Add(([.. track.Select(shot.Centred)], near));
        }

        return shot;
    }

    /// <summary>The 97th percentile of the displacements, pixels. The maximum would be an outlier.</summary>
    public double MaxDisplacement(int frame) =>
        _points.Select(point => point.Track[frame].DistanceTo(point.Track[0])).Order().ElementAt(_points.Count * 97 / 100);

    public ParallaxFit FitAt(int frame, bool growing) =>
        ParallaxFit.Of([.. _points.Select(point => (point.Track[0], point.Track[frame], point.Near))], growing);

    /// <summary>The progress at each frame as a fraction of the total displacement: the median of all points that move far.</summary>
    public IReadOnlyList<double> Progress()
    {
        var far = _points.Where(point => Length(point.Track) > 0.4 * MaxDisplacement(Frames - 1)).ToList();
        return [.. Enumerable.Range(0, Frames).Select(frame => Median(far.Select(point =>
        {
            var whole = point.Track[^1] - point.Track[0];
            return (point.Track[frame] - point.Track[0]).DotProduct(whole) / whole.DotProduct(whole);
        })))];

        static double Length(Point2d[] track) => track[^1].DistanceTo(track[0]);
    }

    /// <summary>The median displacement from the start at each frame.</summary>
    public IReadOnlyList<double> Displacements(Func<Point2d, double> axis) =>
        [.. Enumerable.Range(0, Frames).Select(frame => Median(_points.Select(point => axis(point.Track[frame] - point.Track[0]))))];

    /// <summary>The mean of the middle fifth, or of a larger part of few values: as robust as the median, but less coarse.</summary>
    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = Math.Max(sorted.Count / 5, Math.Min(Few, sorted.Count * 3 / 5));
        return sorted.Skip((sorted.Count - middle) / 2).Take(Math.Max(1, middle)).Average();
    }

    private double Percentile(double part) => _points.Count == 0 ? 0 : _points.Select(point => point.Near).Order().ElementAt((int)(part * (_points.Count - 1)));

    private Point2d Centred(Point2d point) => new(point.X + 0.5 - (Picture.Format.Width / 2.0), point.Y + 0.5 - (Picture.Format.Height / 2.0));

    private double? NearnessOf(Point2d point)
    {
        double? found = null;
        foreach (var (right, down) in new[] { (0, 0), (-Around, 0), (Around, 0), (0, -Around), (0, Around) })
        {
            var x = Path.Framing.X + ((point.X + right + 0.5) / Picture.Format.Width * Path.Framing.Width);
            var y = Path.Framing.Y + ((point.Y + down + 0.5) / Picture.Format.Height * Path.Framing.Height);
            var near = Topmost(Picture.Scene, Math.Clamp(x, 0, 0.9999), Math.Clamp(y, 0, 0.9999));
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
            var alpha = matte.At<byte>((int)(y * matte.Height), (int)(x * matte.Width));
            if (alpha is > 20 and < 235)
                return null;
            if (alpha >= 235)
                return scene.Layers[i].Depth.At(x, y);
        }

        return scene.Layers[0].Depth.At(x, y);
    }
}
