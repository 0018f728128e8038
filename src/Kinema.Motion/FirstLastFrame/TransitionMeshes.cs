using Kinema.Motion.Rendering;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Meshes of one frame from two pictures: the first below, the second above it with an opacity.</summary>
internal sealed class TransitionMeshes(int frameWidth, int frameHeight, bool bothFade = false)
{
    /// <summary>Opacity below which a picture is invisible and need not be warped.</summary>
    private const double MinVisibleOpacity = 1.0 / 512;

    public int FrameWidth => frameWidth;

    public int FrameHeight => frameHeight;

    public CoordinateMesh First { get; } = new(frameWidth, frameHeight, bothFade);

    public CoordinateMesh Second { get; } = new(frameWidth, frameHeight, hasOpacity: true);

    public float[] Opacity => Second.Opacity!;

    /// <summary>Whether any of the second picture is visible.</summary>
    public bool ShowsSecond => Opacity.AsSpan().ContainsAnyExcept(0f);

    /// <summary>Position of a vertex, picture heights from the middle of the frame. Vertices beyond the frame's edge are clamped to it.</summary>
    public (double X, double Y) VertexPosition(int column, int row) => (
        (Math.Min(column * CoordinateMesh.Spacing, frameWidth) - (frameWidth / 2.0)) / frameHeight,
        ((double)Math.Min(row * CoordinateMesh.Spacing, frameHeight) / frameHeight) - 0.5);

    /// <summary>Converts picture heights from the middle to fractions of the sides.</summary>
    public (double X, double Y) ToFractions((double X, double Y) point) => ((point.X * frameHeight / frameWidth) + 0.5, point.Y + 0.5);

    /// <summary>Sets a vertex.</summary>
    public void Set(int vertex, (double X, double Y) first, (double X, double Y) second, double opacity)
    {
        (First.X[vertex], First.Y[vertex]) = ((float)first.X, (float)first.Y);
        (Second.X[vertex], Second.Y[vertex]) = ((float)second.X, (float)second.Y);
        Opacity[vertex] = opacity < MinVisibleOpacity ? 0 : opacity > 1 - MinVisibleOpacity ? 1 : (float)opacity;
    }

    /// <summary>Extrapolates the vertices beyond the frame's edge, so that the edge itself shows its values. Call it after setting all vertices.</summary>
    public void ExtrapolateBorder()
    {
        ExtrapolateBorder(First);
        ExtrapolateBorder(Second);
    }

    private void ExtrapolateBorder(CoordinateMesh mesh)
    {
        var (across, down) = (LastCellShare(mesh.Columns, frameWidth), LastCellShare(mesh.Rows, frameHeight));
        for (var row = 0; row < mesh.Rows; row++)
            ExtrapolateBorder(mesh, (row * mesh.Columns) + mesh.Columns - 1, 1, across);
        for (var column = 0; column < mesh.Columns; column++)
            ExtrapolateBorder(mesh, ((mesh.Rows - 1) * mesh.Columns) + column, mesh.Columns, down);
    }

    /// <summary>Share of the last cell that lies within the frame.</summary>
    private static double LastCellShare(int vertices, int side) => ((double)side / CoordinateMesh.Spacing) - (vertices - 2);

    private static void ExtrapolateBorder(CoordinateMesh mesh, int vertex, int back, double within)
    {
        mesh.X[vertex] = (float)(mesh.X[vertex - back] + ((mesh.X[vertex] - mesh.X[vertex - back]) / within));
        mesh.Y[vertex] = (float)(mesh.Y[vertex - back] + ((mesh.Y[vertex] - mesh.Y[vertex - back]) / within));
    }
}
