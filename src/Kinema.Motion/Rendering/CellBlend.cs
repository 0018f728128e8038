using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kinema.Motion.Rendering;

/// <summary>Composites one layer's cell over the frame with straight (not premultiplied) alpha, so that no edge turns dark.</summary>
internal static unsafe class CellBlend
{
    /// <summary>Multiplies a cell's matte by the mesh's opacity; <paramref name="pitch"/> is 2 for chroma.</summary>
    public static void ApplyOpacity(byte* matte, int size, int pitch, CoordinateMesh mesh, int vertex)
    {
        if (mesh.Opacity is not { } opacity)
            return;

        var below = vertex + mesh.Columns;
        for (var y = 0; y < size; y++)
        {
            var down = (y + 0.5f) * pitch / CoordinateMesh.Spacing;
            var left = opacity[vertex] + ((opacity[below] - opacity[vertex]) * down);
            var right = opacity[vertex + 1] + ((opacity[below + 1] - opacity[vertex + 1]) * down);
            // 16.16; half a luma pixel in.
            var weight = (int)(Math.Clamp(left, 0, 1) * 65536);
            var step = ((int)(Math.Clamp(right, 0, 1) * 65536) - weight) >> 4;
            weight += step >> 1;
            for (var x = 0; x < size; x++, weight += step * pitch)
                matte[(y * size) + x] = (byte)(((matte[(y * size) + x] * weight) + 32768) >> 16);
        }
    }

    /// <summary>under + (over − under) × matte, with 255 of the matte standing for one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Over(byte* under, int stride, byte* over, byte* matte, int size, int columns, int rows)
    {
        for (var y = 0; y < rows; y++, under += stride, over += size, matte += size)
        {
            var x = 0;
            for (; x <= columns - 8; x += 8)
            {
                var (from, to, weight) = (Eight(under + x), Eight(over + x), Eight(matte + x));
                weight += weight >> 7;
                var mixed = ((from * (Vector128.Create((short)256) - weight)).AsUInt16() + (to * weight).AsUInt16() + Vector128.Create((ushort)128)) >> 8;
                *(ulong*)(under + x) = Vector128.Narrow(mixed, mixed).AsUInt64().ToScalar();
            }

            for (; x < columns; x++)
                under[x] = Mix(under[x], over[x], matte[x]);
        }
    }

    /// <summary>The scalar reference of <see cref="Over"/>.</summary>
    public static byte Mix(byte under, byte over, byte matte)
    {
        var weight = matte + (matte >> 7);
        return (byte)(((under * (256 - weight)) + (over * weight) + 128) >> 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Eight(byte* bytes) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)bytes).AsByte()).AsInt16();
}
