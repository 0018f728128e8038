namespace Kinema.Motion.Rendering;

/// <summary>The warp mesh of a frame: source coordinates at the vertices of a regular grid, bilinear between them.</summary>
/// <remarks>
/// Vertex (column, row) lies at pixel (column × <see cref="Spacing"/>, row × <see cref="Spacing"/>) of the frame, counted from the outer edge of the first
/// pixel; the grid covers the frame. Coordinates are fractions of the source picture's sides.
/// </remarks>
internal sealed class CoordinateMesh
{
    /// <summary>Frame pixels between two vertices, in both directions.</summary>
    public const int Spacing = 16;

    public CoordinateMesh(int frameWidth, int frameHeight, bool hasOpacity = false)
    {
        Columns = ((frameWidth + Spacing - 1) / Spacing) + 1;
        Rows = ((frameHeight + Spacing - 1) / Spacing) + 1;
        X = new float[Columns * Rows];
        Y = new float[Columns * Rows];
        Opacity = hasOpacity ? new float[Columns * Rows] : null;
    }

    public int Columns { get; }

    public int Rows { get; }

    public float[] X { get; }

    public float[] Y { get; }

    /// <summary>0 to 1 at each vertex, multiplied with the layer's matte; null means 1 everywhere.</summary>
    public float[]? Opacity { get; }

    /// <summary>The coverage of the opacity within one cell, given by its top left vertex.</summary>
    public Coverage CoverageAt(int vertex)
    {
        if (Opacity is not { } opacity)
            return Coverage.Full;

        var (a, b, c, d) = (opacity[vertex], opacity[vertex + 1], opacity[vertex + Columns], opacity[vertex + Columns + 1]);
        if (a <= 0 && b <= 0 && c <= 0 && d <= 0)
            return Coverage.None;
        return a >= 1 && b >= 1 && c >= 1 && d >= 1 ? Coverage.Full : Coverage.Some;
    }
}
