using System.Runtime.InteropServices;
using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Scenes;

/// <summary>Pictures with known depth, and flat pictures.</summary>
internal static class SyntheticPictures
{
    private static readonly Scalar _ink = new(30, 25, 25);

    /// <summary>A product on a display pedestal in front of a plain, softly lit wall. The mask covers product and pedestal.</summary>
    public static (RgbImage Picture, Mat Mask) Pedestal(int width, int height)
    {
        using var picture = Wall(width, height, new Scalar(205, 208, 212), 40);
        var foreground = new Mat(height, width, MatType.CV_8UC1, Scalar.All(0));
        var (middle, foot) = (width / 2, (int)(height * 0.92));
        var (top, half) = ((int)(height * 0.66), width / 7);
        Paint(picture, foreground, mask =>
        {
            Cv2.Rectangle(mask, new Rect(middle - half, top, 2 * half, foot - top), Scalar.All(255), -1);
            Cv2.Ellipse(mask, new Point(middle, foot), new Size(half, half / 4), 0, 0, 360, Scalar.All(255), -1, LineTypes.AntiAlias);
        }, new Scalar(96, 92, 90), middle, half);
        Paint(picture, foreground, mask => Cv2.Ellipse(mask, new Point(middle, top), new Size(half, half / 4), 0, 0, 360, Scalar.All(255), -1, LineTypes.AntiAlias), new Scalar(128, 124, 120), middle, 3 * half);
        var radius = height / 6;
        Paint(picture, foreground, mask => Cv2.Circle(mask, new Point(middle, top - radius + (half / 8)), radius, Scalar.All(255), -1, LineTypes.AntiAlias), new Scalar(40, 60, 190), middle, radius);
        Noise(picture, 2);
        return (Image(picture), foreground);
    }

    /// <summary>Sky, hazy hills, a ground plane and a post on it; the true inverse depth as a 32 bit map.</summary>
    public static (RgbImage Picture, Mat Depth) Valley(int width, int height)
    {
        using var picture = new Mat(height, width, MatType.CV_8UC3);
        var depth = new Mat(height, width, MatType.CV_32FC1);
        var random = new Random(5);
        var (skyline, horizon) = (height * 0.3, height * 0.45);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var hill = skyline + (height * 0.06 * Math.Sin(x * 9.0 / width));
                var below = Math.Max(0, (y - horizon) / (height - horizon));
                var (colour, near) = y < hill ? (new Vec3b(235, 200, 165), 0.0f)
                    : y < horizon ? (new Vec3b(190, 175, 160), 0.12f)
                    : (Ground(below, random), (float)(0.15 + (0.75 * below)));
                picture.Set(y, x, colour);
                depth.Set(y, x, near);
            }
        }

        var post = new Rect((int)(width * 0.44), (int)(height * 0.22), (int)(width * 0.12), (int)(height * 0.55));
        Cv2.Rectangle(picture, post, new Scalar(40, 40, 200), -1);
        Cv2.Rectangle(depth, post, new Scalar(0.15 + (0.75 * ((post.Bottom - horizon) / (height - horizon)))), -1);
        Cv2.GaussianBlur(picture, picture, default, 0.7);
        Noise(picture, 2);
        return (Image(picture), depth);
    }

    public static RgbImage LineArt(int width, int height)
    {
        using var picture = new Mat(height, width, MatType.CV_8UC3, Scalar.All(250));
        Cv2.Circle(picture, new Point(width / 2, height / 3), height / 6, _ink, 2, LineTypes.AntiAlias);
        Cv2.Line(picture, new Point(width / 2, height / 2), new Point(width / 2, height * 4 / 5), _ink, 2, LineTypes.AntiAlias);
        Cv2.Line(picture, new Point(width / 3, height * 3 / 5), new Point(width * 2 / 3, height * 11 / 20), _ink, 2, LineTypes.AntiAlias);
        Cv2.Ellipse(picture, new Point(width / 4, height * 3 / 4), new Size(width / 8, height / 12), 20, 0, 360, _ink, 2, LineTypes.AntiAlias);
        return Image(picture);
    }

    public static RgbImage Screenshot(int width, int height)
    {
        using var picture = new Mat(height, width, MatType.CV_8UC3, new Scalar(245, 245, 245));
        Cv2.Rectangle(picture, new Rect(0, 0, width, height / 12), new Scalar(120, 60, 30), -1);
        Cv2.Rectangle(picture, new Rect(0, height / 12, width / 5, height), new Scalar(225, 220, 215), -1);
        for (var row = 0; row < 14; row++)
        {
            Cv2.Rectangle(picture, new Rect(width / 4, (height / 8) + (row * height / 17), (width / 3) + (row * 37 % (width / 4)), height / 45), new Scalar(70, 70, 70), -1);
            Cv2.Rectangle(picture, new Rect(width / 40, (height / 8) + (row * height / 17), width / 9, height / 50), new Scalar(130, 120, 110), -1);
        }

        return Image(picture);
    }

    public static RgbImage Uniform(int width, int height, double noise = 0)
    {
        using var picture = new Mat(height, width, MatType.CV_8UC3, new Scalar(90, 140, 170));
        Noise(picture, noise);
        return Image(picture);
    }

    public static RgbImage Image(Mat picture)
    {
        using var rgb = new Mat();
        Cv2.CvtColor(picture, rgb, ColorConversionCodes.BGR2RGB);
        var bytes = new byte[rgb.Width * rgb.Height * 3];
        Marshal.Copy(rgb.Data, bytes, 0, bytes.Length);
        return new RgbImage(rgb.Width, rgb.Height, bytes);
    }

    private static Vec3b Ground(double below, Random random)
    {
        var grain = random.Next(-30, 31) * below;
        return new Vec3b((byte)(70 + grain), (byte)(120 + grain - (40 * below)), (byte)(110 + grain));
    }

    private static Mat Wall(int width, int height, Scalar colour, int fall)
    {
        var wall = new Mat(height, width, MatType.CV_8UC3);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (dx, dy) = (((double)x / width) - 0.45, ((double)y / height) - 0.35);
                var darker = fall * 2 * ((dx * dx) + (dy * dy));
                wall.Set(y, x, new Vec3b((byte)(colour.Val0 - darker), (byte)(colour.Val1 - darker), (byte)(colour.Val2 - darker)));
            }
        }

        return wall;
    }

    /// <summary>Fills a shape with light from the left.</summary>
    private static void Paint(Mat picture, Mat foreground, Action<Mat> shape, Scalar colour, int middle, int half)
    {
        using var mask = new Mat(picture.Size(), MatType.CV_8UC1, Scalar.All(0));
        shape(mask);
        var (width, height) = (picture.Width, picture.Height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var a = mask.At<byte>(y, x) / 255.0;
                if (a == 0)
                    continue;
                var light = 1 - (0.35 * (x - middle) / half);
                var below = picture.At<Vec3b>(y, x);
                picture.Set(y, x, new Vec3b(Mix(below.Item0, colour.Val0), Mix(below.Item1, colour.Val1), Mix(below.Item2, colour.Val2)));

                byte Mix(byte old, double own) => (byte)Math.Clamp((old * (1 - a)) + (own * light * a), 0, 255);
            }
        }

        Cv2.Max(foreground, mask, foreground);
    }

    private static void Noise(Mat picture, double amount)
    {
        if (amount <= 0)
            return;
        Cv2.SetTheRNG(7);
        using var noise = new Mat(picture.Size(), MatType.CV_16SC3);
        Cv2.Randn(noise, Scalar.All(0), Scalar.All(amount));
        Cv2.Add(picture, noise, picture, null, (int)MatType.CV_8UC3);
    }
}
