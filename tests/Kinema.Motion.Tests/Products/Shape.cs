using System.Numerics;

namespace Kinema.Motion.Tests.Products;

/// <summary>The intersection of a ray: distance, surface normal and material.</summary>
internal readonly record struct Hit(float Distance, Vector3 Normal, Material Material);

/// <param name="Colour">Linear albedo at a point.</param>
/// <param name="Gloss">Share of specular reflection.</param>
internal sealed record Material(Func<Vector3, Vector3> Colour, float Gloss)
{
    public static Material Plain(float red, float green, float blue, float gloss = 0.15f) => new(_ => new Vector3(red, green, blue), gloss);
}

/// <summary>A primitive; x to the right, y up, z away from the camera.</summary>
internal abstract record Shape(Material Material)
{
    private const float Near = 1e-3f;

    public abstract Hit? Intersect(Vector3 from, Vector3 direction);

    /// <summary>The smaller positive root of at² + 2bt + c = 0.</summary>
    protected static float? Root(float a, float b, float c)
    {
        var discriminant = (b * b) - (a * c);
        if (discriminant < 0 || Math.Abs(a) < 1e-9f)
            return null;
        var root = MathF.Sqrt(discriminant);
        var first = (-b - root) / a;
        var second = (-b + root) / a;
        var (low, high) = first < second ? (first, second) : (second, first);
        return low > Near ? low : high > Near ? high : null;
    }
}

/// <summary>A truncated cone about a vertical axis, with caps. A stack of them forms any solid of revolution.</summary>
internal sealed record Frustum(float X, float Z, float Bottom, float Top, float BottomRadius, float TopRadius, Material Material) : Shape(Material)
{
    public override Hit? Intersect(Vector3 from, Vector3 direction)
    {
        Hit? best = null;
        var slope = (TopRadius - BottomRadius) / (Top - Bottom);
        var (ox, oz) = (from.X - X, from.Z - Z);
        var radius = BottomRadius + (slope * (from.Y - Bottom));
        var a = (direction.X * direction.X) + (direction.Z * direction.Z) - (slope * slope * direction.Y * direction.Y);
        var b = (ox * direction.X) + (oz * direction.Z) - (slope * radius * direction.Y);
        var c = (ox * ox) + (oz * oz) - (radius * radius);
        if (Root(a, b, c) is { } side && from.Y + (side * direction.Y) is var y && y >= Bottom && y <= Top)
        {
            var (nx, nz) = (ox + (side * direction.X), oz + (side * direction.Z));
            var around = MathF.Max(1e-6f, MathF.Sqrt((nx * nx) + (nz * nz)));
            best = new Hit(side, Vector3.Normalize(new Vector3(nx, -slope * around, nz)), Material);
        }

        Lid(Top, TopRadius, Vector3.UnitY);
        Lid(Bottom, BottomRadius, -Vector3.UnitY);
        return best;

        void Lid(float height, float wide, Vector3 normal)
        {
            var t = (height - from.Y) / direction.Y;
            var (x, z) = (ox + (t * direction.X), oz + (t * direction.Z));
            if (t > 1e-3f && (x * x) + (z * z) < wide * wide && (best is not { } other || t < other.Distance))
                best = new Hit(t, normal, Material);
        }
    }
}

/// <summary>A box, or with <paramref name="Round"/> the inscribed ellipsoid, rotated about its vertical axis.</summary>
internal sealed record Block(Vector3 Middle, Vector3 Half, float Turn, bool Round, Material Material) : Shape(Material)
{
    public override Hit? Intersect(Vector3 from, Vector3 direction)
    {
        var into = Quaternion.CreateFromAxisAngle(Vector3.UnitY, -Turn);
        var (o, d) = (Vector3.Transform(from - Middle, into) / Half, Vector3.Transform(direction, into) / Half);
        var found = Round ? Root(Vector3.Dot(d, d), Vector3.Dot(o, d), Vector3.Dot(o, o) - 1) : Slabs(o, d);
        if (found is not { } t)
            return null;
        var at = o + (t * d);
        var size = Vector3.Abs(at);
        var normal = Round ? at
            : size.X > size.Y && size.X > size.Z ? new Vector3(MathF.Sign(at.X), 0, 0)
            : size.Y > size.Z ? new Vector3(0, MathF.Sign(at.Y), 0) : new Vector3(0, 0, MathF.Sign(at.Z));
        return new Hit(t, Vector3.Normalize(Vector3.Transform(normal / Half, Quaternion.Conjugate(into))), Material);
    }

    private static float? Slabs(Vector3 o, Vector3 d)
    {
        var (one, other) = ((-Vector3.One - o) / d, (Vector3.One - o) / d);
        var (low, high) = (Vector3.Min(one, other), Vector3.Max(one, other));
        var (enter, leave) = (MathF.Max(low.X, MathF.Max(low.Y, low.Z)), MathF.Min(high.X, MathF.Min(high.Y, high.Z)));
        return enter < leave && enter > 1e-3f ? enter : null;
    }
}

/// <summary>A sphere. Chains of spheres form handles and straps.</summary>
internal sealed record Ball(Vector3 Middle, float Radius, Material Material) : Shape(Material)
{
    public override Hit? Intersect(Vector3 from, Vector3 direction)
    {
        var o = from - Middle;
        return Root(1, Vector3.Dot(o, direction), Vector3.Dot(o, o) - (Radius * Radius)) is { } t
            ? new Hit(t, Vector3.Normalize(o + (t * direction)), Material)
            : null;
    }
}
