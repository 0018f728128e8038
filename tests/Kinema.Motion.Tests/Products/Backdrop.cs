using System.Numerics;

namespace Kinema.Motion.Tests.Products;

/// <summary>The background of a product: a floor at height 0 and a wall behind it.</summary>
/// <param name="Depth">The end of the floor, behind the product.</param>
/// <param name="Floor">Linear colour of the floor at a point, seen from a direction.</param>
/// <param name="Wall">Linear colour of the wall in a direction.</param>
/// <param name="Blur">Blur of the far background, as a fraction of the picture's longer side: a shallow depth of field.</param>
/// <param name="Light">Ambient light.</param>
internal sealed record Backdrop(float Depth, Func<Vector3, Vector3, Vector3> Floor, Func<Vector3, Vector3> Wall, double Blur = 0, float Light = 0.55f)
{
    /// <summary>A paper sweep without an edge between floor and wall.</summary>
    public static Backdrop Sweep(Vector3 colour) =>
        new(100, (_, direction) => colour * VerticalFalloff(direction), direction => colour * VerticalFalloff(direction));

    /// <summary>A wall that darkens towards its sides, and the edge of a table in front of it.</summary>
    public static Backdrop WithWall(Vector3 wall, Vector3 floor) =>
        new(1.6f, (_, _) => floor, direction => wall * (1.05f - (1.1f * ((direction.X * direction.X) + ((direction.Y - 0.1f) * (direction.Y - 0.1f))))));

    /// <summary>Planks and an out-of-focus room.</summary>
    public static Backdrop Wood { get; } = new(1.3f, (at, _) => Plank(at), Room, 0.022);

    public static Backdrop Dark { get; } = new(100, (_, direction) => new Vector3(0.024f) * VerticalFalloff(direction), direction => new Vector3(0.024f) * VerticalFalloff(direction), Light: 0.25f);

    private static float VerticalFalloff(Vector3 direction) => 0.78f - (0.8f * direction.Y) - (0.5f * direction.X * direction.X);

    private static Vector3 Plank(Vector3 at)
    {
        var plank = MathF.Floor((at.Z + 10) / 0.34f);
        var grain = MathF.Sin((at.X * 3) + (plank * 1.7f) + (4 * MathF.Sin((at.Z * 31) + MathF.Sin((at.X * 2.3f) + plank))));
        var gap = MathF.Abs((((at.Z + 10) / 0.34f) % 1) - 0.5f) > 0.485f ? 0.5f : 1;
        return new Vector3(0.36f, 0.2f, 0.095f) * gap * (0.9f + (0.12f * MathF.Sin(plank * 5)) + (0.1f * grain));
    }

    private static Vector3 Room(Vector3 direction)
    {
        var colour = new Vector3(0.16f, 0.15f, 0.13f) + (new Vector3(0.1f, 0.12f, 0.1f) * MathF.Sin((direction.X * 7) + 1));
        foreach (var (x, y, radius, light) in new[] { (-0.32f, 0.1f, 0.06f, new Vector3(0.9f, 0.7f, 0.4f)), (0.3f, 0.16f, 0.09f, new Vector3(0.35f, 0.5f, 0.65f)), (0.12f, 0.2f, 0.05f, new Vector3(0.8f, 0.6f, 0.4f)), (-0.12f, 0.02f, 0.07f, new Vector3(0.2f, 0.35f, 0.2f)) })
            colour = MathF.Abs(direction.X - x) < radius && MathF.Abs(direction.Y - y) < 1.4f * radius ? Vector3.Lerp(colour, light, 0.6f) : colour;
        return colour;
    }
}
