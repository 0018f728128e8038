using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kinema.Motion.Rendering;

/// <summary>Coordinates of one cell of a mesh in samples of a plane: 16.16 fixed point, sample centres at whole numbers.</summary>
/// <remarks>Every kernel steps by these integers, so that all kernels sample exactly the same positions.</remarks>
internal struct CellCoordinates
{
    private const float FixedPointOne = 65536;

    /// <summary>Beyond this only the edge is visible. The limit keeps the sums below within 32 bits.</summary>
    private const float CoordinateLimit = 16000;

    // Corners in the order top left, top right, bottom left, bottom right.
    private Vector128<int> _x;
    private Vector128<int> _y;
    private int _pitch;

    /// <param name="vertex">Index of the cell's top left vertex.</param>
    /// <param name="pitch">Frame pixels from one sample to the next: 1 for luma, 2 for chroma sited left.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CellCoordinates Of(CoordinateMesh mesh, int vertex, SplinePlane plane, int pitch) => new()
    {
        _x = Corners(mesh.X, vertex, mesh.Columns, plane.Width),
        _y = Corners(mesh.Y, vertex, mesh.Columns, plane.Height),
        _pitch = pitch,
    };

    /// <summary>The start of a row of the cell, and the step to the next sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly CellRow Row(int row)
    {
        // Luma and chroma rows both lie in the middle of the pixels that they cover: row + ½ pitches down, in 32nds of a cell.
        var down = ((2 * row) + 1) * _pitch;
        var (left, leftY) = (_x[0] + (((_x[2] - _x[0]) >> 5) * down), _y[0] + (((_y[2] - _y[0]) >> 5) * down));
        var (right, rightY) = (_x[1] + (((_x[3] - _x[1]) >> 5) * down), _y[1] + (((_y[3] - _y[1]) >> 5) * down));
        var (stepX, stepY) = ((right - left) >> 4, (rightY - leftY) >> 4);
        return new(left + (stepX >> 1), leftY + (stepY >> 1), stepX * _pitch, stepY * _pitch);
    }

    /// <summary>The samples that the whole cell can touch, both ends included.</summary>
    public readonly (int Left, int Top, int Right, int Bottom) Bounds() => (
        (Math.Min(Math.Min(_x[0], _x[1]), Math.Min(_x[2], _x[3])) >> 16) - 1,
        (Math.Min(Math.Min(_y[0], _y[1]), Math.Min(_y[2], _y[3])) >> 16) - 1,
        (Math.Max(Math.Max(_x[0], _x[1]), Math.Max(_x[2], _x[3])) >> 16) + 2,
        (Math.Max(Math.Max(_y[0], _y[1]), Math.Max(_y[2], _y[3])) >> 16) + 2);

    /// <summary>Whether the samples of the first rows and columns all lie within the plane, apart from rounding.</summary>
    public readonly bool StaysWithin(SplinePlane plane, int columns, int rows)
    {
        var (first, last) = (Row(0), Row(rows - 1));
        return Inside(first.X, plane.Width) && Inside(first.Y, plane.Height) && Inside(last.X, plane.Width) && Inside(last.Y, plane.Height)
            && Inside(first.X + ((columns - 1) * first.StepX), plane.Width) && Inside(first.Y + ((columns - 1) * first.StepY), plane.Height)
            && Inside(last.X + ((columns - 1) * last.StepX), plane.Width) && Inside(last.Y + ((columns - 1) * last.StepY), plane.Height);
    }

    /// <summary>Whether a position lies within this number of samples.</summary>
    /// <remarks>
    /// The picture extends half a sample beyond the centres of its outermost samples. Another quarter allows for the rounding of a float mesh.
    /// </remarks>
    public static bool Inside(int position, int samples) => position >= -49152 && position <= (samples << 16) - 16384;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Corners(float[] fractions, int vertex, int below, int samples)
    {
        var corners = Vector128.Create(fractions[vertex], fractions[vertex + 1], fractions[vertex + below], fractions[vertex + below + 1]);
        var positions = (corners * samples) - Vector128.Create(0.5f);
        return Vector128.ConvertToInt32(Vector128.Clamp(positions, Vector128.Create(-CoordinateLimit), Vector128.Create(CoordinateLimit)) * FixedPointOne);
    }
}

/// <summary>One row of a cell: the position of the first sample and the step from sample to sample, 16.16.</summary>
internal readonly record struct CellRow(int X, int Y, int StepX, int StepY);
