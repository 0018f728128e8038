namespace Kinema.Motion.FirstLastFrame;

/// <summary>One resolution level of a splatting pyramid: weighted flow sums on a grid. Coarser levels fill the holes of finer ones.</summary>
internal sealed class SplatLevel(int columns, int rows)
{
    /// <summary>Weight of a coarser level's average relative to the finer level's own sums.</summary>
    private const float CoarseWeight = 0.02f;

    private readonly float[] _x = new float[columns * rows];
    private readonly float[] _y = new float[columns * rows];
    private readonly float[] _weight = new float[columns * rows];
    private readonly float[] _presence = new float[columns * rows];

    public int Columns => columns;

    public int Rows => rows;

    public void Clear()
    {
        Array.Clear(_x);
        Array.Clear(_y);
        Array.Clear(_weight);
        Array.Clear(_presence);
        IsAveraged = false;
    }

    /// <summary>Splats a flow vector bilinearly to the four cells around a point.</summary>
    public void Add(float column, float row, float x, float y, float weight)
    {
        var (left, top) = ((int)MathF.Floor(column), (int)MathF.Floor(row));
        var (right, below) = (column - left, row - top);
        AddAt(left, top, (1 - right) * (1 - below), x, y, weight);
        AddAt(left + 1, top, right * (1 - below), x, y, weight);
        AddAt(left, top + 1, (1 - right) * below, x, y, weight);
        AddAt(left + 1, top + 1, right * below, x, y, weight);
    }

    /// <summary>Sums four cells of the next finer level into each cell.</summary>
    public void Downsample(SplatLevel finer)
    {
        Clear();
        for (var row = 0; row < finer.Rows; row++)
        {
            for (var column = 0; column < finer.Columns; column++)
            {
                var (from, to) = ((row * finer.Columns) + column, (row / 2 * columns) + (column / 2));
                _x[to] += finer._x[from];
                _y[to] += finer._y[from];
                _weight[to] += finer._weight[from];
            }
        }
    }

    /// <summary>Normalizes the sums to averages. Cells with little weight take the next coarser level's average.</summary>
    public void FillHoles(SplatLevel coarser)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var (i, from) = ((row * columns) + column, (row / 2 * coarser.Columns) + (column / 2));
                var by = 1 / (_weight[i] + CoarseWeight);
                var (x, y) = coarser.IsAveraged ? (coarser._x[from], coarser._y[from]) : coarser.Average(from);
                _x[i] = (_x[i] + (CoarseWeight * x)) * by;
                _y[i] = (_y[i] + (CoarseWeight * y)) * by;
            }
        }

        IsAveraged = true;
    }

    /// <summary>Whether <see cref="FillHoles"/> has run since the last sums.</summary>
    private bool IsAveraged { get; set; }

    public SplatSample At(float column, float row)
    {
        column = Math.Clamp(column, 0, columns - 1);
        row = Math.Clamp(row, 0, rows - 1);
        var (left, top) = (Math.Min((int)column, columns - 2), Math.Min((int)row, rows - 2));
        var (right, below) = (column - left, row - top);
        var i = (top * columns) + left;
        var presence = Between(_presence);
        return new(Between(_x), Between(_y), presence, Between(_weight) / Math.Max(presence, 1e-6f));

        float Between(float[] values)
        {
            var above = values[i] + ((values[i + 1] - values[i]) * right);
            var beneath = values[i + columns] + ((values[i + columns + 1] - values[i + columns]) * right);
            return above + ((beneath - above) * below);
        }
    }

    /// <summary>Average flow of a cell, after <see cref="FillHoles"/>.</summary>
    public (float X, float Y) FlowAt(int i) => (_x[i], _y[i]);

    private (float X, float Y) Average(int i) => _weight[i] > 0 ? (_x[i] / _weight[i], _y[i] / _weight[i]) : (0, 0);

    private void AddAt(int column, int row, float share, float x, float y, float weight)
    {
        if ((uint)column >= (uint)columns || (uint)row >= (uint)rows)
            return;

        var (i, added) = ((row * columns) + column, share * weight);
        _x[i] += added * x;
        _y[i] += added * y;
        _weight[i] += added;
        _presence[i] += share;
    }
}
