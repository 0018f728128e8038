using Kinema.Wan.Arithmetic;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>Cuts an image into overlapping tiles and joins the processed tiles.</summary>
/// <param name="Rows">Tiles from top to bottom.</param>
/// <param name="Columns">Tiles from left to right.</param>
internal sealed record TileGrid(TileAxis Rows, TileAxis Columns)
{
    private const int RowAxis = 3;
    private const int ColumnAxis = 4;

    /// <summary>Returns the region of tile (row, column). [B, C, T, H, W] → a view.</summary>
    public Tensor Cut(Tensor video, int row, int column)
    {
        var (top, height) = Rows.Tiles[row];
        var (left, width) = Columns.Tiles[column];
        return video.narrow(RowAxis, top, height).narrow(ColumnAxis, left, width);
    }

    /// <summary>
    /// Joins tiles. Each tile is blended with the (already blended) tile above, then with the one to its left, and contributes its upper left part. The tiles
    /// are written.
    /// </summary>
    public Tensor Join(Tensor[,] tiles)
    {
        if (tiles.Length == 1)
            return tiles[0, 0];

        using var scope = NewDisposeScope();
        var rows = new List<Tensor>();
        for (var i = 0; i < Rows.Tiles.Count; i++)
        {
            var row = new List<Tensor>();
            for (var j = 0; j < Columns.Tiles.Count; j++)
            {
                if (i > 0)
                    Blend(tiles[i - 1, j], tiles[i, j], Rows.BlendLength, RowAxis);
                if (j > 0)
                    Blend(tiles[i, j - 1], tiles[i, j], Columns.BlendLength, ColumnAxis);
                row.Add(Head(Head(tiles[i, j], RowAxis, Rows.KeptLength), ColumnAxis, Columns.KeptLength));
            }

            rows.Add(cat(row, ColumnAxis));
        }

        return Head(Head(cat(rows, RowAxis), RowAxis, Rows.JoinedLength), ColumnAxis, Columns.JoinedLength).MoveToOuterDisposeScope();
    }

    /// <summary>Blends the end of <paramref name="before"/> linearly into the beginning of <paramref name="tile"/>.</summary>
    private static void Blend(Tensor before, Tensor tile, long extent, int axis)
    {
        extent = Math.Min(extent, Math.Min(before.shape[axis], tile.shape[axis]));
        if (extent <= 0)
            return;

        var shape = Enumerable.Repeat(1L, 5).ToArray();
        shape[axis] = extent;
        var ramp = TensorArithmetic.CountUp(extent, ScalarType.Float64, tile.device).DivideInPlace(extent).view(shape);
        var fading = before.narrow(axis, before.shape[axis] - extent, extent).mul(ramp.SubtractedFrom(1).to_type(tile.dtype));
        tile.narrow(axis, 0, extent).mul_(ramp.to_type(tile.dtype)).AddInPlace(fading);
    }

    private static Tensor Head(Tensor x, int axis, long length) => x.narrow(axis, 0, Math.Min(length, x.shape[axis]));
}
