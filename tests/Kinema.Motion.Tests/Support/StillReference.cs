using Kinema.Engines;
using Kinema.Media.Tests.Support;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Support;

/// <summary>What a crop of a picture looks like as a frame, made by ffmpeg and OpenCV.</summary>
internal static class StillReference
{
    public static double Psnr(byte[] frame, VideoFormat format, string picture, double x, double y, double size)
    {
        var (width, height) = (Even(format.Width / size), Even(format.Height / size));
        var whole = Tool.Decode(picture, "-vf", $"scale={width}:{height}:flags=lanczos+accurate_rnd+full_chroma_inp:out_color_matrix=bt709:out_range=tv");
        double error = 0;
        var (at, from) = (0, 0);
        foreach (var (part, siting) in new[] { (1, 0.5), (2, 0.25), (2, 0.25) })
        {
            var (rows, columns) = (format.Height / part, format.Width / part);
            using var source = Mat.FromPixelData(height / part, width / part, MatType.CV_8UC1, whole[from..(from + (width * height / part / part))]);
            using var crop = new Mat(2, 3, MatType.CV_64FC1);
            // Pixel i of the frame has its middle at i + siting; so have those of the source.
            var (scaleX, scaleY) = (size * width / format.Width, size * height / format.Height);
            crop.Set(0, 0, scaleX);
            crop.Set(1, 1, scaleY);
            crop.Set(0, 2, (x * width / part) + (siting * scaleX) - siting);
            crop.Set(1, 2, (y * height / part) + (0.5 * scaleY) - 0.5);
            crop.Set(0, 1, 0.0);
            crop.Set(1, 0, 0.0);
            using var seen = new Mat();
            Cv2.WarpAffine(source, seen, crop, new Size(columns, rows), InterpolationFlags.Lanczos4 | InterpolationFlags.WarpInverseMap, BorderTypes.Replicate);
            using var ours = Mat.FromPixelData(rows, columns, MatType.CV_8UC1, frame[at..(at + (rows * columns))]);
            error += Math.Pow(Cv2.Norm(seen, ours), 2);
            (at, from) = (at + (rows * columns), from + (width * height / part / part));
        }

        return 10 * Math.Log10(255 * 255 * (double)format.FrameBytes / error);

        static int Even(double side) => 2 * (int)Math.Round(side / 2);
    }
}
