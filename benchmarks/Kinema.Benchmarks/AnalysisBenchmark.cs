using System.Diagnostics;
using Kinema.Engines;
using Kinema.Motion.Rendering;
using Kinema.Motion.Scenes;
using Kinema.Motion.Shots;
using OpenCvSharp;

namespace Kinema.Benchmarks;

/// <summary>Wall-clock time to analyze 12 megapixels for a 1080p video, without decoding the file.</summary>
internal static class AnalysisBenchmark
{
    private const int Width = 4000;
    private const int Height = 3000;

    public static async Task RunAsync(TextWriter report, IReadOnlyList<string> photographs, int rounds)
    {
        await report.WriteLineAsync("| 4000×3000 to 1080p, median seconds by the clock | analysis | preparing the layers | layers |");
        await report.WriteLineAsync("|---|---:|---:|---:|");
        foreach (var photograph in photographs)
        {
            var image = Enlarged(photograph);
            List<double> analysis = [], layers = [];
            var count = 0;
            for (var round = 0; round <= rounds; round++)
            {
                var (seen, prepared, found) = Measure(image);
                if (round == 0)
                    continue; // warm-up
                analysis.Add(seen);
                layers.Add(prepared);
                count = found;
            }

            await report.WriteLineAsync(FormattableString.Invariant(
                $"| {Path.GetFileName(photograph)}, enlarged | {Samples.Median(analysis):0.00} | {Samples.Median(layers):0.00} | {count} |"));
        }

        await report.WriteLineAsync();
    }

    private static (double Analysis, double Layers, int Count) Measure(RgbImage image)
    {
        var (width, height) = VideoFormat.FitArea(image.Width, image.Height, VideoResolution.Hd1080);
        var format = new VideoFormat(width, height, 30, 60);
        var working = WorkingSize.For(image.Width, image.Height, format);
        var start = Stopwatch.GetTimestamp();
        using var scene = new SceneBuilder().Build(image, working.Width, working.Height, CancellationToken.None);
        var seen = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        using var renderer = SceneRenderer.Prepare(scene, format, 1, CancellationToken.None);
        return (seen, Stopwatch.GetElapsedTime(start).TotalSeconds, scene.Layers.Count);
    }

    private static RgbImage Enlarged(string photograph)
    {
        using var picture = Cv2.ImRead(photograph);
        Cv2.Resize(picture, picture, new Size(Width, Height), interpolation: InterpolationFlags.Lanczos4);
        Cv2.CvtColor(picture, picture, ColorConversionCodes.BGR2RGB);
        var pixels = new byte[3 * Width * Height];
        System.Runtime.InteropServices.Marshal.Copy(picture.Data, pixels, 0, pixels.Length);
        return new RgbImage(Width, Height, pixels);
    }
}
