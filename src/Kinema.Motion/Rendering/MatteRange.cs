namespace Kinema.Motion.Rendering;

/// <summary>How much of a layer can be there within an area.</summary>
internal enum Coverage
{
    /// <summary>Nothing of it.</summary>
    None,

    /// <summary>Something.</summary>
    Some,

    /// <summary>All of it: nothing behind is seen.</summary>
    Full,
}

/// <summary>The least and the greatest value of a matte in each block, so that whole cells of a frame can be decided at once.</summary>
internal sealed class MatteRange
{
    private const int Block = 16;

    private readonly int _columns;
    private readonly int _rows;
    private readonly sbyte[] _least;
    private readonly sbyte[] _greatest;

    public MatteRange(SplinePlane matte)
    {
        _columns = (matte.Width + Block - 1) / Block;
        _rows = (matte.Height + Block - 1) / Block;
        _least = new sbyte[_columns * _rows];
        _greatest = new sbyte[_columns * _rows];
        Array.Fill(_least, sbyte.MaxValue);
        Array.Fill(_greatest, sbyte.MinValue);
        for (var y = 0; y < matte.Height; y++)
        {
            var row = matte.Row(y);
            for (var column = 0; column < _columns; column++)
            {
                var at = (y / Block * _columns) + column;
                foreach (var value in row[(column * Block)..Math.Min(row.Length, (column + 1) * Block)])
                    (_least[at], _greatest[at]) = (Math.Min(_least[at], value), Math.Max(_greatest[at], value));
            }
        }
    }

    /// <summary>Within samples of the plane, both ends included; what lies outside counts as the nearest edge.</summary>
    public Coverage Within(int left, int top, int right, int bottom)
    {
        var (first, last) = (Math.Clamp(left / Block, 0, _columns - 1), Math.Clamp(right / Block, 0, _columns - 1));
        var lastRow = Math.Clamp(bottom / Block, 0, _rows - 1);
        var (clear, full) = (true, true);
        for (var row = Math.Clamp(top / Block, 0, _rows - 1); row <= lastRow; row++)
        {
            for (var at = (row * _columns) + first; at <= (row * _columns) + last; at++)
            {
                clear &= _greatest[at] <= SplinePlane.Clear;
                full &= _least[at] >= SplinePlane.Opaque;
            }

            if (!clear && !full)
                return Coverage.Some;
        }

        return clear ? Coverage.None : Coverage.Full;
    }
}
