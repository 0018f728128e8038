using System.Runtime.CompilerServices;
using Kinema.Engines;

namespace Kinema.Motion.Rendering;

/// <summary>
/// Renders frames from layers, cell by cell of the mesh. It skips layers that a nearer layer hides. An absent layer costs one check of its matte range. A frame
/// therefore costs little more than one warp, however many layers there are.
/// </summary>
/// <remarks>Not thread-safe. A frame needs no allocation.</remarks>
internal sealed unsafe class FrameCompositor(VideoFormat format, IWarpKernel kernel)
{
    private const int Cell = CoordinateMesh.Spacing;
    private const int HalfCell = Cell / 2;

    /// <summary>Largest matte value, of 255, that is treated as transparent.</summary>
    private const byte InvisibleMatte = 12;

    private readonly int _lumaBytes = format.Width * format.Height;
    private readonly int _chromaStride = format.Width / 2;

    public FrameCompositor(VideoFormat format)
        : this(format, IWarpKernel.Fastest)
    {
    }

    /// <summary>The number of cells, over all frames, that showed a layer beyond its picture's edge. A plan with correct margins keeps this at zero.</summary>
    public long CellsFromOutside { get; private set; }

    /// <param name="layers">The rearmost first; it must cover the whole frame.</param>
    /// <param name="frame">Planar 4:2:0, as <see cref="VideoFormat"/> describes it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Render(ReadOnlySpan<MeshedLayer> layers, Span<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfZero(layers.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(frame.Length, format.FrameBytes);
        foreach (var layer in layers)
            ArgumentOutOfRangeException.ThrowIfNotEqual(layer.Mesh.Columns, ((format.Width + Cell - 1) / Cell) + 1);

        var bytes = stackalloc byte[CellBuffers.Bytes];
        var coverage = stackalloc Coverage[layers.Length];
        var buffers = new CellBuffers(bytes);
        fixed (byte* pixels = frame)
        {
            for (var top = 0; top < format.Height; top += Cell)
            {
                for (var left = 0; left < format.Width; left += Cell)
                    RenderCell(layers, coverage, pixels, left, top, buffers);
            }
        }
    }

    private void RenderCell(ReadOnlySpan<MeshedLayer> layers, Coverage* coverage, byte* frame, int left, int top, in CellBuffers buffers)
    {
        var vertex = (top / Cell * (((format.Width + Cell - 1) / Cell) + 1)) + (left / Cell);
        var rearmost = layers.Length - 1;
        for (; rearmost > 0; rearmost--)
        {
            coverage[rearmost] = CoverageOf(layers[rearmost], vertex);
            if (coverage[rearmost] == Coverage.Full)
                break;
        }

        var (columns, rows) = (Math.Min(Cell, format.Width - left), Math.Min(Cell, format.Height - top));
        CountOutside(CellCoordinates.Of(layers[rearmost].Mesh, vertex, layers[rearmost].Source.Luma, 1), layers[rearmost].Source.Luma, null, columns, rows);
        var luma = frame + ((nint)top * format.Width) + left;
        var cb = frame + _lumaBytes + ((nint)(top / 2) * _chromaStride) + (left / 2);
        var cr = cb + (_lumaBytes / 4);
        if (columns == Cell)
        {
            WarpColours(layers[rearmost], vertex, luma, format.Width, cb, cr, _chromaStride, columns, rows);
        }
        else
        {
            WarpColours(layers[rearmost], vertex, buffers.Luma, Cell, buffers.Cb, buffers.Cr, HalfCell, columns, rows);
            Copy(buffers.Luma, Cell, luma, format.Width, columns, rows);
            Copy(buffers.Cb, HalfCell, cb, _chromaStride, columns / 2, rows / 2);
            Copy(buffers.Cr, HalfCell, cr, _chromaStride, columns / 2, rows / 2);
        }

        for (var i = rearmost + 1; i < layers.Length; i++)
        {
            if (coverage[i] == Coverage.None)
                continue;

            WarpWithMatte(layers[i], vertex, buffers, columns, rows);
            CellBlend.Over(luma, format.Width, buffers.Luma, buffers.Matte, Cell, columns, rows);
            CellBlend.Over(cb, _chromaStride, buffers.Cb, buffers.ChromaMatte, HalfCell, columns / 2, rows / 2);
            CellBlend.Over(cr, _chromaStride, buffers.Cr, buffers.ChromaMatte, HalfCell, columns / 2, rows / 2);
        }
    }

    private static Coverage CoverageOf(in MeshedLayer layer, int vertex)
    {
        var coverage = layer.Mesh.CoverageAt(vertex);
        if (coverage == Coverage.None || layer.Source.Range is not { } range)
            return coverage;

        var (left, top, right, bottom) = CellCoordinates.Of(layer.Mesh, vertex, layer.Source.Luma, 1).Bounds();
        var within = range.Within(left, top, right, bottom);
        return within == Coverage.Full ? coverage : within;
    }

    private void WarpColours(in MeshedLayer layer, int vertex, byte* luma, int lumaStride, byte* cb, byte* cr, int chromaStride, int columns, int rows)
    {
        var source = layer.Source;
        kernel.Warp(CellCoordinates.Of(layer.Mesh, vertex, source.Luma, 1), new WarpPlanes(source.Luma, luma, lumaStride), Cell, rows);
        kernel.Warp(
            CellCoordinates.Of(layer.Mesh, vertex, source.Cb, 2),
            new WarpPlanes(source.Cb, cb, chromaStride) { Second = source.Cr.Origin, SecondTarget = cr, SecondStride = chromaStride },
            HalfCell, rows / 2);
    }

    private void WarpWithMatte(in MeshedLayer layer, int vertex, in CellBuffers to, int columns, int rows)
    {
        var source = layer.Source;
        if (source.Matte is null || source.ChromaMatte is null)
        {
            WarpColours(layer, vertex, to.Luma, Cell, to.Cb, to.Cr, HalfCell, columns, rows);
            new Span<byte>(to.Matte, Cell * Cell).Fill(255);
            new Span<byte>(to.ChromaMatte, HalfCell * HalfCell).Fill(255);
        }
        else
        {
            kernel.Warp(
                CellCoordinates.Of(layer.Mesh, vertex, source.Luma, 1),
                new WarpPlanes(source.Luma, to.Luma, Cell) { Second = source.Matte.Origin, SecondTarget = to.Matte, SecondStride = Cell },
                Cell, rows);
            kernel.Warp(
                CellCoordinates.Of(layer.Mesh, vertex, source.Cb, 2),
                new WarpPlanes(source.Cb, to.Cb, HalfCell)
                {
                    Second = source.Cr.Origin,
                    SecondTarget = to.Cr,
                    SecondStride = HalfCell,
                    Third = source.ChromaMatte.Origin,
                    ThirdTarget = to.ChromaMatte,
                    ThirdStride = HalfCell,
                },
                HalfCell, rows / 2);
        }

        CellBlend.ApplyOpacity(to.Matte, Cell, 1, layer.Mesh, vertex);
        CellBlend.ApplyOpacity(to.ChromaMatte, HalfCell, 2, layer.Mesh, vertex);
        CountOutside(CellCoordinates.Of(layer.Mesh, vertex, source.Luma, 1), source.Luma, to.Matte, columns, rows);
    }

    /// <param name="matte">Visibility of each pixel; null if all are visible.</param>
    private void CountOutside(in CellCoordinates cell, SplinePlane plane, byte* matte, int columns, int rows)
    {
        if (!cell.StaysWithin(plane, columns, rows) && (matte is null || ShowsOutside(cell, plane, matte, columns, rows)))
            CellsFromOutside++;
    }

    private static bool ShowsOutside(in CellCoordinates cell, SplinePlane plane, byte* matte, int columns, int rows)
    {
        for (var y = 0; y < rows; y++)
        {
            var row = cell.Row(y);
            for (var x = 0; x < columns; x++)
            {
                if (matte[(y * Cell) + x] > InvisibleMatte && !(CellCoordinates.Inside(row.X + (x * row.StepX), plane.Width) && CellCoordinates.Inside(row.Y + (x * row.StepY), plane.Height)))
                    return true;
            }
        }

        return false;
    }

    private static void Copy(byte* from, int fromStride, byte* to, int toStride, int columns, int rows)
    {
        for (var y = 0; y < rows; y++)
            new ReadOnlySpan<byte>(from + (y * fromStride), columns).CopyTo(new Span<byte>(to + ((nint)y * toStride), columns));
    }
}
