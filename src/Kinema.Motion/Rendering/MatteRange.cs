namespace Kinema.Motion.Rendering;

/// <summary>The possible coverage of a layer within an area.</summary>
internal enum Coverage
{
    /// <summary>The layer is absent.</summary>
    None,

    /// <summary>The layer is partly visible.</summary>
    Some,

    /// <summary>The layer is opaque and hides everything behind it.</summary>
    Full,
}

/// <summary>The minimum and maximum of a matte in each block, to classify whole cells of a frame at once.</summary>
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

    /// <summary>The coverage within a range of samples, both ends included. The nearest edge stands for samples outside the plane.</summary>
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
