using System.Numerics;

namespace Kinema.Motion.Tests.Products;

/// <summary>Products, each standing at height 0 about the vertical axis and about one unit high.</summary>
internal static class ProductShapes
{
    public static IReadOnlyList<Shape> Bottle(float y)
    {
        var glass = new Material(at => at.Y - y is > 0.22f and < 0.5f ? new Vector3(0.85f, 0.8f, 0.65f) * (at.Y - y is > 0.33f and < 0.37f ? 0.25f : 1) : new Vector3(0.03f, 0.2f, 0.12f), 0.5f);
        return
        [
            .. Lathe(y, glass, (0, 0.17f), (0.02f, 0.19f), (0.6f, 0.19f), (0.68f, 0.17f), (0.76f, 0.11f), (0.82f, 0.075f), (0.95f, 0.07f)),
            .. Lathe(y, Material.Plain(0.6f, 0.42f, 0.12f, 0.4f), (0.95f, 0.08f), (1.06f, 0.08f)),
        ];
    }

    public static IReadOnlyList<Shape> Mug(float y, Vector3 colour)
    {
        var clay = new Material(_ => colour, 0.3f);
        List<Shape> shapes = [.. Lathe(y, clay, (0, 0.24f), (0.03f, 0.27f), (0.6f, 0.28f))];
        shapes.AddRange(Lathe(y, Material.Plain(0.1f, 0.05f, 0.02f, 0.1f), (0.6f, 0.245f), (0.601f, 0.245f)));
        for (var i = 0; i <= 40; i++)
        {
            var (sin, cos) = MathF.SinCos((i / 40f * MathF.PI) - (MathF.PI / 2));
            shapes.Add(new Ball(new Vector3(0.27f + (0.17f * cos), y + 0.32f + (0.19f * sin), -0.04f), 0.038f, clay));
        }

        return shapes;
    }

    public static IReadOnlyList<Shape> Vase(float y) =>
        Lathe(y, new Material(at => Vector3.Lerp(new Vector3(0.1f, 0.2f, 0.55f), new Vector3(0.75f, 0.78f, 0.82f), MathF.Pow(0.5f + (0.5f * MathF.Sin((at.Y - y) * 26)), 3)), 0.45f),
            (0, 0.13f), (0.05f, 0.15f), (0.15f, 0.22f), (0.3f, 0.29f), (0.42f, 0.3f), (0.55f, 0.26f), (0.68f, 0.17f), (0.78f, 0.1f), (0.9f, 0.09f), (1, 0.15f));

    public static IReadOnlyList<Shape> Shoe(float y)
    {
        var (leather, sole, lace) = (Material.Plain(0.7f, 0.1f, 0.07f, 0.25f), Material.Plain(0.82f, 0.8f, 0.76f), Material.Plain(0.9f, 0.9f, 0.88f));
        List<Shape> shapes =
        [
            new Block(new(0, y + 0.05f, 0), new(0.5f, 0.05f, 0.17f), 0.35f, false, sole),
            new Block(Along(0.22f, 0.12f), new(0.3f, 0.17f, 0.165f), 0.35f, true, leather),
            new Block(Along(-0.02f, 0.16f), new(0.36f, 0.2f, 0.16f), 0.35f, true, leather),
            new Block(Along(-0.26f, 0.24f), new(0.23f, 0.22f, 0.15f), 0.35f, true, leather),
        ];
        for (var i = 0; i < 4; i++)
            shapes.Add(new Block(Along(0.06f + (0.06f * i), 0.32f - (0.035f * i)), new(0.018f, 0.03f, 0.08f), 0.35f, true, lace));
        return shapes;

        Vector3 Along(float x, float height) => new(x * MathF.Cos(0.35f), y + height, -x * MathF.Sin(0.35f));
    }

    public static IReadOnlyList<Shape> Watch(float y)
    {
        var (steel, strap) = (Material.Plain(0.55f, 0.56f, 0.58f, 0.7f), Material.Plain(0.16f, 0.08f, 0.04f));
        List<Shape> shapes =
        [
            new Block(new(0, y + 0.42f, -0.12f), new(0.23f, 0.23f, 0.06f), 0, true, steel),
            new Block(new(0, y + 0.42f, -0.15f), new(0.18f, 0.18f, 0.05f), 0, true, new Material(Dial, 0.4f)),
            .. Lathe(y, Material.Plain(0.3f, 0.3f, 0.32f), (0, 0.17f), (0.03f, 0.17f)),
        ];
        for (var i = 0; i < 28; i++)
        {
            var (sin, cos) = MathF.SinCos(i / 28f * 2 * MathF.PI);
            shapes.Add(new Block(new(0, y + 0.42f + (0.36f * sin), 0.1f + (0.2f * cos)), new(0.115f, 0.05f, 0.05f), 0, true, strap));
        }

        return shapes;

        Vector3 Dial(Vector3 at)
        {
            var (x, up) = (at.X, at.Y - y - 0.42f);
            var mark = MathF.Abs(MathF.IEEERemainder(MathF.Atan2(up, x), MathF.PI / 6)) < 0.08f && MathF.Sqrt((x * x) + (up * up)) > 0.11f;
            var hand = (MathF.Abs(x) < 0.008f && up is > 0 and < 0.12f) || (MathF.Abs(up) < 0.008f && x is > 0 and < 0.08f);
            return mark || hand ? new Vector3(0.02f) : new Vector3(0.85f, 0.85f, 0.8f);
        }
    }

    public static IReadOnlyList<Shape> Perfume(float y) =>
    [
        new Block(new(0, y + 0.3f, 0), new(0.24f, 0.3f, 0.12f), 0.3f, false, new Material(at => at.Y - y is > 0.2f and < 0.34f ? new Vector3(0.9f, 0.85f, 0.8f) : new Vector3(0.75f, 0.35f, 0.12f), 0.5f)),
        .. Lathe(y, Material.Plain(0.55f, 0.45f, 0.3f, 0.6f), (0.6f, 0.07f), (0.66f, 0.07f)),
        .. Lathe(y, Material.Plain(0.06f, 0.06f, 0.07f, 0.5f), (0.66f, 0.11f), (0.85f, 0.11f)),
    ];

    public static IReadOnlyList<Shape> RoundPlinth(float top, float radius, Vector3 colour) => Lathe(0, new Material(_ => colour, 0.08f), (0, radius), (top, radius));

    public static IReadOnlyList<Shape> SquarePlinth(float top, float half, Vector3 colour) =>
        [new Block(new(0, top / 2, 0), new(half, top / 2, half * 0.7f), 0.12f, false, new Material(_ => colour, 0.08f))];

    private static IReadOnlyList<Shape> Lathe(float y, Material material, params IReadOnlyList<(float Height, float Radius)> outline) =>
        [.. outline.Zip(outline.Skip(1), (low, high) => new Frustum(0, 0, y + low.Height, y + high.Height, low.Radius, high.Radius, material))];
}
