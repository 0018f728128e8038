namespace Kinema.Motion.FirstLastFrame;

/// <summary>A projective map of the plane; elements row by row.</summary>
internal readonly record struct Homography(
    double A, double B, double C, double D, double E, double F, double G, double H, double I)
{
    private const int Halvings = 8;
    private const int Terms = 12;

    public static Homography Identity { get; } = new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    public double Determinant => (A * ((E * I) - (F * H))) - (B * ((D * I) - (F * G))) + (C * ((D * H) - (E * G)));

    public bool IsFinite => double.IsFinite(A + B + C + D + E + F + G + H + I);

    public static Homography Scaling(double factor) => new(factor, 0, 0, 0, factor, 0, 0, 0, 1);

    public static Homography operator +(in Homography l, in Homography r) =>
        new(l.A + r.A, l.B + r.B, l.C + r.C, l.D + r.D, l.E + r.E, l.F + r.F, l.G + r.G, l.H + r.H, l.I + r.I);

    public static Homography operator *(in Homography m, double factor) =>
        new(m.A * factor, m.B * factor, m.C * factor, m.D * factor, m.E * factor, m.F * factor, m.G * factor, m.H * factor, m.I * factor);

    /// <summary>Composition: applies the right map first, then the left one.</summary>
    public static Homography operator *(in Homography l, in Homography r) => new(
        (l.A * r.A) + (l.B * r.D) + (l.C * r.G), (l.A * r.B) + (l.B * r.E) + (l.C * r.H), (l.A * r.C) + (l.B * r.F) + (l.C * r.I),
        (l.D * r.A) + (l.E * r.D) + (l.F * r.G), (l.D * r.B) + (l.E * r.E) + (l.F * r.H), (l.D * r.C) + (l.E * r.F) + (l.F * r.I),
        (l.G * r.A) + (l.H * r.D) + (l.I * r.G), (l.G * r.B) + (l.H * r.E) + (l.I * r.H), (l.G * r.C) + (l.H * r.F) + (l.I * r.I));

    public (double X, double Y) Apply(double x, double y)
    {
        var scale = 1 / ((G * x) + (H * y) + I);
        return (((A * x) + (B * y) + C) * scale, ((D * x) + (E * y) + F) * scale);
    }

    /// <summary>Local scale of area at a point (determinant of the Jacobian); zero, negative or NaN where the plane folds.</summary>
    public double AreaScale(double x, double y)
    {
        var depth = (G * x) + (H * y) + I;
        return depth <= 0 ? double.NaN : Determinant / (depth * depth * depth);
    }

    public Homography Inverse()
    {
        var factor = 1 / Determinant;
        return new(
            ((E * I) - (F * H)) * factor, ((C * H) - (B * I)) * factor, ((B * F) - (C * E)) * factor,
            ((F * G) - (D * I)) * factor, ((A * I) - (C * G)) * factor, ((C * D) - (A * F)) * factor,
            ((D * H) - (E * G)) * factor, ((B * G) - (A * H)) * factor, ((A * E) - (B * D)) * factor);
    }

    /// <summary>Matrix logarithm: the generator of a uniform motion. <see cref="Exponential"/> inverts it.</summary>
    /// <remarks>Square roots by Denman and Beavers 1976 until the matrix is close to the identity, then the power series of the logarithm.</remarks>
    public Homography Logarithm()
    {
        var root = this * (1 / Math.Cbrt(Determinant));
        for (var i = 0; i < Halvings; i++)
            root = root.Root();

        var rest = root + (Identity * -1);
        var (power, sum) = (rest, rest);
        for (var i = 2; i <= Terms; i++)
        {
            power *= rest;
            sum += power * ((i % 2 == 0 ? -1.0 : 1.0) / i);
        }

        return sum * (1 << Halvings);
    }

    public Homography Exponential()
    {
        var small = this * (1.0 / (1 << Halvings));
        var (power, sum) = (Identity, Identity);
        for (var i = 1; i <= Terms; i++)
        {
            power = power * small * (1.0 / i);
            sum += power;
        }

        for (var i = 0; i < Halvings; i++)
            sum *= sum;
        return sum;
    }

    private Homography Root()
    {
        var (root, inverse) = (this, Identity);
        for (var i = 0; i < Terms; i++)
            (root, inverse) = ((root + inverse.Inverse()) * 0.5, (inverse + root.Inverse()) * 0.5);
        return root;
    }
}
