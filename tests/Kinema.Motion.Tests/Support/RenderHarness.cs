using Kinema.Engines;
using Kinema.Motion.Rendering;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Support;

/// <summary>Renders flat layers in front of the camera and measures the luma.</summary>
internal sealed class RenderHarness(int width, int height)
{
    /// <summary>Margin of the measurements, pixels. A shifted picture cannot fill the edges.</summary>
    private const int Edge = 24;

    public VideoFormat Format { get; } = new(width, height, 30, 60);

    public FrameCompositor Compositor { get; } = new(new VideoFormat(width, height, 30, 60));

    public LayerSource Layer(Mat colour, Mat? matte = null) => LayerSource.Prepare(colour, matte, Format, 1, TestContext.Current.CancellationToken);

    /// <summary>The mesh of the whole picture, shifted by frame pixels.</summary>
    public CoordinateMesh Moved(double left, double up, double zoom = 1, double? opacity = null)
    {
        var mesh = new CoordinateMesh(width, height, opacity is not null);
        mesh.Opacity?.AsSpan().Fill((float)opacity!.Value);
        for (var i = 0; i < mesh.X.Length; i++)
        {
            var (x, y) = (i % mesh.Columns * CoordinateMesh.Spacing, i / mesh.Columns * CoordinateMesh.Spacing);
            mesh.X[i] = (float)(((x - (width / 2.0)) / zoom / width) + 0.5 + (left / width));
            mesh.Y[i] = (float)(((y - (height / 2.0)) / zoom / height) + 0.5 + (up / height));
        }

        return mesh;
    }

    public byte[] Render(params ReadOnlySpan<MeshedLayer> layers)
    {
        var frame = new byte[Format.FrameBytes];
        Compositor.Render(layers, frame);
        return frame;
    }

    /// <summary>Mean square of the differences between neighbours, a measure of sharpness.</summary>
    public double Sharpness(ReadOnlySpan<byte> luma)
    {
        double sum = 0;
        for (var y = Edge; y < height - Edge; y++)
        {
            for (var x = Edge; x < width - Edge; x++)
            {
                double across = luma[(y * width) + x + 1] - luma[(y * width) + x];
                double down = luma[((y + 1) * width) + x] - luma[(y * width) + x];
                sum += (across * across) + (down * down);
            }
        }

        return sum / ((height - (2 * Edge)) * (width - (2 * Edge)));
    }

    public static double Psnr(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return 10 * Math.Log10(255.0 * 255 * a.Length / Math.Max(sum, 1e-9));
    }

    /// <summary>The luma of the picture at the frame's size, by OpenCV: Lanczos to enlarge, area to shrink.</summary>
    public byte[] Ideal(Mat colour)
    {
        using var fitted = new Mat();
        Cv2.Resize(colour, fitted, new Size(width, height), 0, 0, colour.Width > width ? InterpolationFlags.Area : InterpolationFlags.Lanczos4);
        fitted.GetArray(out Vec3b[] pixels);
        return [.. pixels.Select(p => (byte)Math.Round(16 + (219 / 255.0 * ((0.0722 * p.Item0) + (0.7152 * p.Item1) + (0.2126 * p.Item2)))))];
    }

    /// <summary>A picture with one grey value per pixel.</summary>
    public static Mat Grey(int width, int height, Func<int, int, double> value)
    {
        var picture = new Mat(height, width, MatType.CV_8UC3);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var code = (byte)Math.Clamp(Math.Round(value(x, y)), 0, 255);
                picture.At<Vec3b>(y, x) = new Vec3b(code, code, code);
            }
        }

        return picture;
    }

    public static Mat Plain(int width, int height, Scalar colour) => new(height, width, MatType.CV_8UC3, colour);

    /// <summary>A round layer with a soft edge.</summary>
    public static Mat Disc(int width, int height, double radius, double softness = 1.5)
    {
        var matte = new Mat(height, width, MatType.CV_8UC1, new Scalar(0));
        Cv2.Circle(matte, new Point(width / 2, height / 2), (int)radius, new Scalar(255), -1);
        Cv2.GaussianBlur(matte, matte, new Size(0, 0), softness);
        return matte;
    }
}
