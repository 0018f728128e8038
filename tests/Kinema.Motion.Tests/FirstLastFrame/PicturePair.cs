using Kinema.Engines;
using Kinema.Motion.Audio;
using Kinema.Motion.FirstLastFrame;
using Kinema.Motion.Tests.Support;
using OpenCvSharp;

namespace Kinema.Motion.Tests.FirstLastFrame;

/// <summary>Two pictures of the frame's size, the reference of the middle frame where it is known, and a reference renderer for the frames between.</summary>
internal sealed class PicturePair(Mat first, Mat second, Mat? middle = null) : IDisposable
{
    private ITransition? _transition;

    public Mat First => first;

    public Mat Second => second;

    public Mat? Middle => middle;

    public PairAnalysis Analysis { get; private set; } = null!;

    public static Mat Photograph(string name, int width, int height)
    {
        using var whole = Cv2.ImRead(EngineHarness.Sample(name));
        return Cropped(whole, width, height);
    }

    /// <summary>Two views of a larger picture, and the view half way between them.</summary>
    public static PicturePair OfViews(Mat scene, Size frame, Homography first, Homography middle, Homography second) =>
        new(View(scene, frame, first), View(scene, frame, second), View(scene, frame, middle));

    public static Homography At(double x, double y, double scale = 1, double degrees = 0)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return new(cos * scale, -sin * scale, x, sin * scale, cos * scale, y, 0, 0, 1);
    }

    public PicturePair Analyse()
    {
        var size = PairAnalysis.SizeFor(First.Width, First.Height);
        using Mat a = new(), b = new();
        Cv2.Resize(First, a, size, 0, 0, InterpolationFlags.Area);
        Cv2.Resize(Second, b, size, 0, 0, InterpolationFlags.Area);
        Analysis = PairAnalysis.Of(a, b, PairGeometry.Of(First.Width, First.Height), CancellationToken.None);
        _transition = Analysis.Transition(a, b, time => time);
        return this;
    }

    public Mat Render(double time)
    {
        var (width, height) = (First.Width, First.Height);
        var meshes = new TransitionMeshes(width, height);
        _transition!.FillMeshes(time, meshes);
        var crop = CenterCrop.Of(width, height, (double)width / height);
        using FramedPicture a = new(First.Clone(), crop), b = new(Second.Clone(), crop);
        using FramedPicture paddedA = a.Padded(Analysis.Fill, CancellationToken.None), paddedB = b.Padded(Analysis.Fill, CancellationToken.None);
        paddedA.Crop.ToPixelFractions(meshes.First);
        paddedB.Crop.ToPixelFractions(meshes.Second);
        using Mat below = Warped(paddedA.Pixels, meshes.First.X, meshes.First.Y), above = Warped(paddedB.Pixels, meshes.Second.X, meshes.Second.Y);
        below.GetArray(out Vec3b[] pixels);
        above.GetArray(out Vec3b[] others);
        var shares = Spread(meshes.Opacity, 1, 0);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = Mix(pixels[i], others[i], shares[i]);
        var frame = new Mat(height, width, MatType.CV_8UC3);
        frame.SetArray(pixels);
        return frame;

        Mat Warped(Mat picture, float[] u, float[] v)
        {
            using Mat across = Mat.FromPixelData(height, width, MatType.CV_32FC1, Spread(u, picture.Width, 0.5f));
            using Mat down = Mat.FromPixelData(height, width, MatType.CV_32FC1, Spread(v, picture.Height, 0.5f));
            var warped = new Mat();
            Cv2.Remap(picture, warped, across, down, InterpolationFlags.Cubic, BorderTypes.Replicate);
            return warped;
        }

        float[] Spread(float[] values, float scale, float less)
        {
            var spread = new float[width * height];
            for (var i = 0; i < spread.Length; i++)
            {
                var (across, down) = (((i % width) + 0.5f) / 16, ((i / width) + 0.5f) / 16);
                var at = ((int)down * meshes.First.Columns) + (int)across;
                var (right, lower) = (across - (int)across, down - (int)down);
                var top = values[at] + ((values[at + 1] - values[at]) * right);
                var bottom = values[at + meshes.First.Columns] + ((values[at + meshes.First.Columns + 1] - values[at + meshes.First.Columns]) * right);
                spread[i] = ((top + ((bottom - top) * lower)) * scale) - less;
            }

            return spread;
        }
    }

    /// <summary>Luma of one rendered frame.</summary>
    public async Task<float[]> LumaAsync(int at, int frames)
    {
        var ct = TestContext.Current.CancellationToken;
        Analyse();
        var format = new VideoFormat(First.Width, First.Height, 30, frames);
        var crop = CenterCrop.Of(format.Width, format.Height, (double)format.Width / format.Height);
        using FramedPicture a = new(First.Clone(), crop), b = new(Second.Clone(), crop);
        var movingObjects = MovingObjectLayers.Of(Analysis, a, b, time => time, format, ct);
        using FramedPicture paddedA = a.Padded(Analysis.Fill, ct), paddedB = b.Padded(Analysis.Fill, ct);
        await using var shot = LastFrameShot.Prepare(format, paddedA, paddedB, movingObjects, _transition!, AudioSpeedRamp.Constant(format.FrameCount), [], [], ct);
        var frame = new byte[format.FrameBytes];
        await shot.RenderAsync(at, frame, ct);
        return [.. frame.Take(format.Width * format.Height).Select(code => (float)code)];
    }

    /// <summary>BT.709, limited range.</summary>
    public static float[] Luma(Mat picture)
    {
        picture.GetArray(out Vec3b[] pixels);
        return [.. pixels.Select(pixel => 16 + (((0.2126f * pixel.Item2) + (0.7152f * pixel.Item1) + (0.0722f * pixel.Item0)) * 219 / 255))];
    }

    public Mat Dissolved()
    {
        var mixed = new Mat();
        Cv2.AddWeighted(First, 0.5, Second, 0.5, 0, mixed);
        return mixed;
    }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        Middle?.Dispose();
    }

    public static Mat Cropped(Mat whole, int width, int height)
    {
        var scale = Math.Max((double)width / whole.Width, (double)height / whole.Height);
        using var resized = new Mat();
        Cv2.Resize(whole, resized, new Size((int)Math.Ceiling(whole.Width * scale), (int)Math.Ceiling(whole.Height * scale)), 0, 0, InterpolationFlags.Cubic);
        using var cut = new Mat(resized, new Rect((resized.Width - width) / 2, (resized.Height - height) / 2, width, height));
        return cut.Clone();
    }

    /// <summary>View of a camera whose frame maps onto the scene, both in pixels from their middles.</summary>
    public static Mat View(Mat scene, Size frame, in Homography onto)
    {
        var map = new Homography(1, 0, (scene.Width - 1) / 2.0, 0, 1, (scene.Height - 1) / 2.0, 0, 0, 1) * onto
            * new Homography(1, 0, -(frame.Width - 1) / 2.0, 0, 1, -(frame.Height - 1) / 2.0, 0, 0, 1);
        using var matrix = Mat.FromPixelData(3, 3, MatType.CV_64FC1, new[] { map.A, map.B, map.C, map.D, map.E, map.F, map.G, map.H, map.I });
        var view = new Mat();
        Cv2.WarpPerspective(scene, view, matrix, frame, InterpolationFlags.Cubic | InterpolationFlags.WarpInverseMap, BorderTypes.Reflect);
        return view;
    }

    private static Vec3b Mix(Vec3b a, Vec3b b, float share)
    {
        return new(Of(a.Item0, b.Item0), Of(a.Item1, b.Item1), Of(a.Item2, b.Item2));

        byte Of(byte from, byte to) => (byte)Math.Round(from + ((to - from) * share));
    }
}
