using System.Diagnostics;
using Kinema.Engines;
using Kinema.Motion.Rendering;
using OpenCvSharp;

namespace Kinema.Benchmarks;

/// <summary>Cost of rendering frames in Motion: CPU time for a 1920×1080 frame with one layer and with three.</summary>
internal static class FrameBenchmark
{
    private const int Frames = 30;

    public static async Task RunAsync(TextWriter report, string photograph)
    {
        var format = new VideoFormat(1920, 1080, 30, Frames);
        using var colour = Cv2.ImRead(photograph);
        Cv2.Resize(colour, colour, new Size(2880, 1620), 0, 0, InterpolationFlags.Lanczos4);
        using var matte = new Mat(1620, 2880, MatType.CV_8UC1, new OpenCvSharp.Scalar(0));
        // A third of the picture.
        Cv2.Ellipse(matte, new Point(1440, 810), new Size(940, 526), 0, 0, 360, new OpenCvSharp.Scalar(255), -1);
        Cv2.GaussianBlur(matte, matte, new Size(0, 0), 2);

        var start = Stopwatch.GetTimestamp();
        using var back = LayerSource.Prepare(colour, null, format, 1, CancellationToken.None);
        using var front = LayerSource.Prepare(colour, matte, format, 1, CancellationToken.None);
        var prepared = Stopwatch.GetElapsedTime(start).TotalMilliseconds / 2;

        var (far, middle, near) = (Pushed(format, 1.05f), Pushed(format, 1.08f), Pushed(format, 1.12f));
        var one = Measure(format, [new(back, far)]);
        var two = Measure(format, [new(back, far), new(front, middle)]);
        var three = Measure(format, [new(back, far), new(front, middle), new(front, near)]);
        await report.WriteLineAsync("| 1920×1080, processor time | ms |");
        await report.WriteLineAsync("|---|---:|");
        await report.WriteLineAsync(FormattableString.Invariant($"| a frame of one layer | {one:0.0} |"));
        await report.WriteLineAsync(FormattableString.Invariant($"| of two, the nearer over a third | {two:0.0} |"));
        await report.WriteLineAsync(FormattableString.Invariant($"| of three | {three:0.0} |"));
        await report.WriteLineAsync(FormattableString.Invariant($"| preparing a layer, once, by the clock | {prepared:0} |"));
        await report.WriteLineAsync();
    }

    private static double Measure(VideoFormat format, MeshedLayer[] layers)
    {
        var compositor = new FrameCompositor(format);
        var frame = new byte[format.FrameBytes];
        for (var i = 0; i < Frames; i++)
            compositor.Render(layers, frame);

        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < Frames; i++)
            compositor.Render(layers, frame);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / Frames;
    }

    private static CoordinateMesh Pushed(VideoFormat format, float zoom)
    {
        var mesh = new CoordinateMesh(format.Width, format.Height);
        for (var i = 0; i < mesh.X.Length; i++)
        {
            mesh.X[i] = (((i % mesh.Columns * (float)CoordinateMesh.Spacing / format.Width) - 0.5f) / zoom) + 0.5f;
            mesh.Y[i] = (((i / mesh.Columns * (float)CoordinateMesh.Spacing / format.Height) - 0.5f) / zoom) + 0.5f;
        }

        return mesh;
    }
}
