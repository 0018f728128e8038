namespace Kinema.Media.Images.Colour;

internal readonly record struct Vector3d(double X, double Y, double Z)
{
    public double Dot(Vector3d other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    public Vector3d Cross(Vector3d other) => new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));

    public static Vector3d operator *(Vector3d vector, double factor) => new(vector.X * factor, vector.Y * factor, vector.Z * factor);
}

/// <summary>A matrix of three rows.</summary>
internal readonly record struct Matrix3(Vector3d First, Vector3d Second, Vector3d Third)
{
    public static Matrix3 FromColumns(Vector3d a, Vector3d b, Vector3d c) => new Matrix3(a, b, c).Transposed();

    public static Matrix3 Diagonal(Vector3d values) => new(new(values.X, 0, 0), new(0, values.Y, 0), new(0, 0, values.Z));

    public static Vector3d operator *(Matrix3 matrix, Vector3d vector) => new(matrix.First.Dot(vector), matrix.Second.Dot(vector), matrix.Third.Dot(vector));

    public static Matrix3 operator *(Matrix3 left, Matrix3 right)
    {
        var columns = right.Transposed();
        return FromColumns(left * columns.First, left * columns.Second, left * columns.Third);
    }

    public Matrix3 Inverse()
    {
        var factor = 1 / First.Dot(Second.Cross(Third));
        return FromColumns(Second.Cross(Third) * factor, Third.Cross(First) * factor, First.Cross(Second) * factor);
    }

    private Matrix3 Transposed() => new(new(First.X, Second.X, Third.X), new(First.Y, Second.Y, Third.Y), new(First.Z, Second.Z, Third.Z));
}
