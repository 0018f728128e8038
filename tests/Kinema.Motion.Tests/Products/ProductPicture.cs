using System.Numerics;
using Kinema.Engines;
using Kinema.Motion.Tests.Scenes;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Products;

/// <summary>A ray-traced product photograph with known ground truth.</summary>
/// <param name="Picture">The input of the engine.</param>
/// <param name="ForegroundMask">8 bit coverage of product and pedestal.</param>
/// <param name="Background">8 bit: the picture without product and pedestal, but with their shadow.</param>
internal sealed record ProductPicture(RgbImage Picture, Mat ForegroundMask, Mat Background) : IDisposable
{
    private const int Rays = 2;
    private const int Shadows = 3;

    private static readonly Vector3 _light = Vector3.Normalize(new Vector3(-0.55f, 0.9f, -0.65f));
    private static readonly Vector3 _rim = Vector3.Normalize(new Vector3(0.8f, 0.35f, 0.5f));

    public static IReadOnlyList<string> Names { get; } =
        ["bottle-sweep", "bottle-wall", "mug-wood", "shoe-coloured", "vase-dark", "watch-wall", "perfume-wood", "mug-white"];

    public static ProductPicture Of(string name, int longSide = 640)
    {
        var (grey, white) = (new Vector3(0.3f), new Vector3(0.8f));
        return name switch
        {
            "bottle-sweep" => Render(longSide, 4 / 3.0, Backdrop.Sweep(new(0.62f, 0.62f, 0.6f)),
                [.. ProductShapes.RoundPlinth(0.3f, 0.5f, grey), .. ProductShapes.Bottle(0.3f)]),
            "bottle-wall" => Render(longSide, 1.5, Backdrop.WithWall(new(0.66f, 0.63f, 0.6f), new(0.5f, 0.47f, 0.44f)),
                [.. ProductShapes.RoundPlinth(0.3f, 0.5f, new(0.24f, 0.23f, 0.22f)), .. ProductShapes.Bottle(0.3f)], distanceScale: 0.75f, targetOffset: 0.1f),
            "mug-wood" => Render(longSide, 1.5, Backdrop.Wood, ProductShapes.Mug(0, new(0.1f, 0.3f, 0.5f)), distanceScale: 0.62f),
            "shoe-coloured" => Render(longSide, 1, Backdrop.Sweep(new(0.12f, 0.5f, 0.5f)),
                [.. ProductShapes.SquarePlinth(0.25f, 0.62f, white), .. ProductShapes.Shoe(0.25f)]),
            "vase-dark" => Render(longSide, 2 / 3.0, Backdrop.Dark,
                [.. ProductShapes.RoundPlinth(0.25f, 0.42f, new(0.16f)), .. ProductShapes.Vase(0.25f)], distanceScale: 0.8f),
            "watch-wall" => Render(longSide, 1, Backdrop.WithWall(new(0.45f, 0.5f, 0.58f), new(0.3f, 0.27f, 0.25f)),
                [.. ProductShapes.RoundPlinth(0.5f, 0.45f, white), .. ProductShapes.Watch(0.5f)], distanceScale: 0.7f, targetOffset: 0.3f),
            "perfume-wood" => Render(longSide, 0.8, Backdrop.Wood,
                [.. ProductShapes.RoundPlinth(0.14f, 0.42f, white), .. ProductShapes.Perfume(0.14f)], distanceScale: 0.85f),
            "mug-white" => Render(longSide, 4 / 3.0, Backdrop.Sweep(new(0.78f)),
                [.. ProductShapes.RoundPlinth(0.3f, 0.5f, white), .. ProductShapes.Mug(0.3f, white)], distanceScale: 0.8f),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "is no product picture"),
        };
    }

    /// <param name="distanceScale">Below 1 the camera is nearer.</param>
    /// <param name="targetOffset">Raises the point that the camera looks at, so that the lower edge cuts the pedestal off.</param>
    private static ProductPicture Render(
        int longSide, double aspect, Backdrop backdrop, IReadOnlyList<Shape> shapes, float distanceScale = 1, float targetOffset = 0)
    {
        var (width, height) = aspect >= 1 ? (longSide, (int)(longSide / aspect)) : ((int)(longSide * aspect), longSide);
        using var ground = new Mat(height, width, MatType.CV_32FC3);
        using var foreground = new Mat(height, width, MatType.CV_32FC3);
        using var coverage = new Mat(height, width, MatType.CV_32FC1);
        using var blurWeight = new Mat(height, width, MatType.CV_32FC1);
        var eye = new Vector3(0, 1.25f + targetOffset, -4.6f * distanceScale);
        var aim = Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.Atan2(eye.Y - 0.55f - targetOffset, -eye.Z));
        var unit = (float)(2 * Math.Tan(16 * Math.PI / 180) / Math.Min(width, height) * (aspect < 1 ? 0.85 : 1));
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
                Pixel(x, y);
        });
        return ToPicture(ground, foreground, coverage, blurWeight, backdrop.Blur * longSide);

        void Pixel(int x, int y)
        {
            var random = new Random((y * width) + x);
            Vector3 background = default, before = default;
            float covered = 0, far = 0;
            for (var i = 0; i < Rays * Rays; i++)
            {
                var (right, down) = (x - (width / 2f) + (((i % Rays) + 0.5f) / Rays), y - (height / 2f) + (((i / Rays) + 0.5f) / Rays));
                var direction = Vector3.Normalize(Vector3.Transform(new Vector3(right * unit, -down * unit, 1), aim));
                var (colour, distance) = Ground(eye, direction, backdrop, shapes, random);
                background += colour;
                far += distance;
                if (Nearest(shapes, eye, direction) is not { } hit)
                    continue;
                before += Shade(eye + (direction * hit.Distance), direction, hit, backdrop, shapes, random);
                covered++;
            }

            background /= Rays * Rays;
            before /= Math.Max(1, covered);
            ground.Set(y, x, new Vec3f(background.Z, background.Y, background.X));
            foreground.Set(y, x, new Vec3f(before.Z, before.Y, before.X));
            coverage.Set(y, x, covered / (Rays * Rays));
            blurWeight.Set(y, x, far / (Rays * Rays));
        }
    }

    private static (Vector3 Colour, float Blurred) Ground(Vector3 eye, Vector3 direction, Backdrop backdrop, IReadOnlyList<Shape> shapes, Random random)
    {
        var t = -eye.Y / direction.Y;
        var at = eye + (direction * t);
        return t > 0 && at.Z < backdrop.Depth
            ? (backdrop.Floor(at, direction) * (backdrop.Light + ((1 - backdrop.Light) * LightVisibility(at, shapes, random))),
                Math.Clamp((Math.Abs(at.Z + 0.1f) - 0.25f) / 1.2f, 0, 1))
            : (backdrop.Wall(direction), 1);
    }

    private static Vector3 Shade(Vector3 at, Vector3 direction, Hit hit, Backdrop backdrop, IReadOnlyList<Shape> shapes, Random random)
    {
        var start = at + (hit.Normal * 0.004f);
        var facing = MathF.Max(0, Vector3.Dot(hit.Normal, _light));
        var direct = facing > 0 ? facing * LightVisibility(start, shapes, random) : 0;
        var mirrored = Vector3.Reflect(direction, hit.Normal);
        var shine = (0.8f * MathF.Pow(MathF.Max(0, Vector3.Dot(mirrored, _light)), 40)) + (0.35f * MathF.Pow(MathF.Max(0, Vector3.Dot(mirrored, _rim)), 12));
        var ambient = backdrop.Light * (0.6f + (0.3f * hit.Normal.Y));
        return (hit.Material.Colour(at) * (ambient + (0.85f * direct))) + new Vector3(hit.Material.Gloss * shine);
    }

    private static float LightVisibility(Vector3 at, IReadOnlyList<Shape> shapes, Random random)
    {
        var lit = 0f;
        for (var i = 0; i < Shadows; i++)
        {
            var jitter = new Vector3(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f) * 0.4f;
            lit += Nearest(shapes, at + new Vector3(0, 0.002f, 0), Vector3.Normalize(_light + jitter)) is null ? 1f / Shadows : 0;
        }

        return lit;
    }

    private static Hit? Nearest(IReadOnlyList<Shape> shapes, Vector3 from, Vector3 direction)
    {
        // All shapes lie within a vertical cylinder about the axis.
        var along = ((from.X * direction.X) + (from.Z * direction.Z)) / Math.Max(1e-9f, (direction.X * direction.X) + (direction.Z * direction.Z));
        var (x, z) = (from.X - (along * direction.X), from.Z - (along * direction.Z));
        if ((x * x) + (z * z) > 0.7f)
            return null;
        Hit? best = null;
        foreach (var shape in shapes)
        {
            if (shape.Intersect(from, direction) is { } hit && (best is not { } other || hit.Distance < other.Distance))
                best = hit;
        }

        return best;
    }

    private static ProductPicture ToPicture(Mat ground, Mat foreground, Mat coverage, Mat blurWeight, double blur)
    {
        if (blur > 0)
        {
            using var soft = new Mat();
            Cv2.GaussianBlur(ground, soft, default, blur);
            Blend(ground, soft, blurWeight);
        }

        var background = ToCodes(ground);
        Blend(ground, foreground, coverage);
        using var codes = ToCodes(ground);
        var mask = new Mat();
        coverage.ConvertTo(mask, MatType.CV_8UC1, 255);
        return new ProductPicture(SyntheticPictures.Image(codes), mask, background);
    }

    /// <summary>Converts linear light to codes and adds sensor noise.</summary>
    private static Mat ToCodes(Mat light)
    {
        using var bright = new Mat();
        Cv2.Pow(light, 1 / 2.2, bright);
        Cv2.SetTheRNG(3);
        using var grain = new Mat(light.Size(), MatType.CV_32FC3);
        Cv2.Randn(grain, Scalar.All(0), Scalar.All(0.006));
        Cv2.Add(bright, grain, bright);
        var codes = new Mat();
        bright.ConvertTo(codes, MatType.CV_8UC3, 255);
        return codes;
    }

    private static void Blend(Mat below, Mat above, Mat coverage)
    {
        using var three = new Mat();
        Cv2.Merge([coverage, coverage, coverage], three);
        using var direction = new Mat();
        Cv2.Subtract(above, below, direction);
        Cv2.Multiply(direction, three, direction);
        Cv2.Add(below, direction, below);
    }

    public void Dispose()
    {
        ForegroundMask.Dispose();
        Background.Dispose();
    }
}
