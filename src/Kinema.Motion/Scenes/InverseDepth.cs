namespace Kinema.Motion.Scenes;

/// <summary>A smooth surface over the picture: inverse distance at the vertices of a regular grid, bilinear between them.</summary>
/// <remarks>
/// 1 is the nearest point of the scene, at distance 1; 0 is infinitely far. The vertices span the picture from corner to corner, row by row from the top. A
/// layer's surface also exists outside the layer's outline, so that its edges neither stretch nor tear.
/// </remarks>
internal sealed record InverseDepth(int Columns, int Rows, float[] Values)
{
    public static InverseDepth Flat(double value) => new(2, 2, [(float)value, (float)value, (float)value, (float)value]);

    /// <summary>Returns the value at a point in fractions of the picture's sides; outside, the value of the nearest edge.</summary>
    public double At(double x, double y)
    {
        var across = Math.Clamp(x, 0, 1) * (Columns - 1);
        var down = Math.Clamp(y, 0, 1) * (Rows - 1);
        var column = Math.Min((int)across, Columns - 2);
        var row = Math.Min((int)down, Rows - 2);
        var (right, below) = (across - column, down - row);
        var at = (row * Columns) + column;
        var top = Values[at] + ((Values[at + 1] - Values[at]) * right);
        var bottom = Values[at + Columns] + ((Values[at + Columns + 1] - Values[at + Columns]) * right);
        return top + ((bottom - top) * below);
    }
}
