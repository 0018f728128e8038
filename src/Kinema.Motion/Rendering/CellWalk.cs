using System.Runtime.CompilerServices;

namespace Kinema.Motion.Rendering;

/// <summary>Coordinates of one cell of a mesh in samples of a plane: 16.16 fixed point, sample centres at whole numbers.</summary>
/// <remarks>Every kernel walks by these integers, so that all of them look at exactly the same places.</remarks>
internal struct CellWalk
{
    private const double One = 65536;

    /// <summary>Beyond this nothing but the edge is seen; it keeps the sums below within 32 bits.</summary>
    private const double Farthest = 16000;

    private int _topLeftX, _topRightX, _bottomLeftX, _bottomRightX;
    private int _topLeftY, _topRightY, _bottomLeftY, _bottomRightY;
    private int _pitch;

    /// <param name="vertex">Index of the cell's top left vertex.</param>
    /// <param name="pitch">Frame pixels from one sample to the next: 1 for luma, 2 for chroma sited left.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CellWalk Over(CoordinateMesh mesh, int vertex, SplinePlane plane, int pitch)
    {
        var below = vertex + mesh.Columns;
        var (x, y) = (mesh.X, mesh.Y);
        return new CellWalk
        {
            _topLeftX = Fixed(x[vertex], plane.Width),
            _topRightX = Fixed(x[vertex + 1], plane.Width),
            _bottomLeftX = Fixed(x[below], plane.Width),
            _bottomRightX = Fixed(x[below + 1], plane.Width),
            _topLeftY = Fixed(y[vertex], plane.Height),
            _topRightY = Fixed(y[vertex + 1], plane.Height),
            _bottomLeftY = Fixed(y[below], plane.Height),
            _bottomRightY = Fixed(y[below + 1], plane.Height),
            _pitch = pitch,
        };
    }

    /// <summary>Where a row of the cell starts, and how far it is to the next sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly CellRow Row(int row)
    {
        // Both luma and chroma rows stand in the middle of the pixels that they cover: row + ½ pitches down, in 32nds of a cell.
        var down = ((2 * row) + 1) * _pitch;
        var (left, right) = (Between(_topLeftX, _bottomLeftX, down), Between(_topRightX, _bottomRightX, down));
        var (leftY, rightY) = (Between(_topLeftY, _bottomLeftY, down), Between(_topRightY, _bottomRightY, down));
        var (stepX, stepY) = ((right - left) >> 4, (rightY - leftY) >> 4);
        return new(left + (stepX >> 1), leftY + (stepY >> 1), stepX * _pitch, stepY * _pitch);
    }

    /// <summary>The samples that the whole cell can touch, both ends included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly (int Left, int Top, int Right, int Bottom) Bounds() => (
        (Math.Min(Math.Min(_topLeftX, _topRightX), Math.Min(_bottomLeftX, _bottomRightX)) >> 16) - 1,
        (Math.Min(Math.Min(_topLeftY, _topRightY), Math.Min(_bottomLeftY, _bottomRightY)) >> 16) - 1,
        (Math.Max(Math.Max(_topLeftX, _topRightX), Math.Max(_bottomLeftX, _bottomRightX)) >> 16) + 2,
        (Math.Max(Math.Max(_topLeftY, _topRightY), Math.Max(_bottomLeftY, _bottomRightY)) >> 16) + 2);

    /// <summary>Whether the samples of the first rows and columns all lie within the plane, but for a rounding.</summary>
    public readonly bool StaysWithin(SplinePlane plane, int columns, int rows)
    {
        var (first, last) = (Row(0), Row(rows - 1));
        return Inside(first.X, plane.Width) && Inside(first.Y, plane.Height) && Inside(last.X, plane.Width) && Inside(last.Y, plane.Height)
            && Inside(first.X + ((columns - 1) * first.StepX), plane.Width) && Inside(first.Y + ((columns - 1) * first.StepY), plane.Height)
            && Inside(last.X + ((columns - 1) * last.StepX), plane.Width) && Inside(last.Y + ((columns - 1) * last.StepY), plane.Height);

        // The picture reaches half a sample beyond the centres of its outermost samples; a quarter more forgives a mesh of floats.
        static bool Inside(int place, int samples) => place >= -49152 && place <= (samples << 16) - 16384;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Fixed(float fraction, int samples) => (int)(Math.Clamp((fraction * (double)samples) - 0.5, -Farthest, Farthest) * One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Between(int from, int to, int thirtySeconds) => from + (int)(((long)(to - from) * thirtySeconds) >> 5);
}

/// <summary>One row of a cell: the first sample's place and the way from sample to sample, 16.16.</summary>
internal readonly record struct CellRow(int X, int Y, int StepX, int StepY);
