using Kinema.Engines;
using Kinema.Media.Tests.Support;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Support;

/// <summary>The reference of a cropped picture as a frame, made by ffmpeg and OpenCV.</summary>
internal static class StillReference
{
    private const string ScaleFlags = "flags=lanczos+accurate_rnd+full_chroma_inp:out_color_matrix=bt709:out_range=tv";

    public static double Psnr(byte[] frame, VideoFormat format, string picture, double x, double y, double size) => Psnr(frame, format, picture, x, y, (size, size));

    /// <summary>Compares with the largest centred crop of the frame's shape. It keeps remainders that a frame with whole, even sides cannot show.</summary>
    public static double CoverPsnr(byte[] frame, VideoFormat format, string picture)
    {
        using var whole = Cv2.ImRead(picture);
        var scale = Math.Max((double)format.Width / whole.Width, (double)format.Height / whole.Height);
        var (across, down) = (Part(format.Width, whole.Width), Part(format.Height, whole.Height));
        return Psnr(frame, format, picture, (1 - across) / 2, (1 - down) / 2, (across, down));

        double Part(int visible, int side) => side - (visible / scale) < Math.Max(1, side / 500.0) ? 1 : visible / scale / side;
    }

    /// <summary>By ffmpeg alone, to whole pixels: enlarged to cover the frame, then cropped to the middle.</summary>
    public static byte[] Covering(string picture, VideoFormat format)
    {
        var frame = $"{format.Width}:{format.Height}";
        return Tool.Decode(picture, "-vf", $"scale={frame}:force_original_aspect_ratio=increase:{ScaleFlags},crop={frame}");
    }

    private static double Psnr(byte[] frame, VideoFormat format, string picture, double x, double y, (double Across, double Down) size)
    {
        var (width, height) = (Even(format.Width / size.Across), Even(format.Height / size.Down));
        var whole = Tool.Decode(picture, "-vf", $"scale={width}:{height}:{ScaleFlags}");
        double error = 0;
        var (at, from) = (0, 0);
        foreach (var (part, siting) in new[] { (1, 0.5), (2, 0.25), (2, 0.25) })
        {
            var (rows, columns) = (format.Height / part, format.Width / part);
            using var source = Mat.FromPixelData(height / part, width / part, MatType.CV_8UC1, whole[from..(from + (width * height / part / part))]);
            using var crop = new Mat(2, 3, MatType.CV_64FC1);
            // Pixel i of the frame has its middle at i + siting; so have those of the source.
            var (scaleX, scaleY) = (size.Across * width / format.Width, size.Down * height / format.Height);
            crop.Set(0, 0, scaleX);
            crop.Set(1, 1, scaleY);
            crop.Set(0, 2, (x * width / part) + (siting * scaleX) - siting);
            crop.Set(1, 2, (y * height / part) + (0.5 * scaleY) - 0.5);
            crop.Set(0, 1, 0.0);
            crop.Set(1, 0, 0.0);
            using var expected = new Mat();
            Cv2.WarpAffine(source, expected, crop, new Size(columns, rows), InterpolationFlags.Lanczos4 | InterpolationFlags.WarpInverseMap, BorderTypes.Replicate);
            using var actual = Mat.FromPixelData(rows, columns, MatType.CV_8UC1, frame[at..(at + (rows * columns))]);
            error += Math.Pow(Cv2.Norm(expected, actual), 2);
            (at, from) = (at + (rows * columns), from + (width * height / part / part));
        }

        return 10 * Math.Log10(255 * 255 * (double)format.FrameBytes / error);

        static int Even(double side) => 2 * (int)Math.Round(side / 2);
    }
}
