namespace Kinema.Motion.Rendering;

/// <summary>
/// One channel of a layer as coefficients of a cubic B-spline: signed bytes around the code 128, scaled by ¾ because coefficients overshoot the codes that they
/// produce. The edges are repeated, so that a kernel needs no bounds checks.
/// </summary>
internal sealed unsafe class SplinePlane : IDisposable
{
    /// <summary>A coefficient is (code − 128) times this.</summary>
    public const float Scale = 3f / 4;

    /// <summary>Coefficient of a matte that hides everything.</summary>
    public const sbyte Opaque = 95;

    /// <summary>Coefficient of a matte that hides nothing.</summary>
    public const sbyte Clear = -96;

    /// <summary>Samples repeated beyond each edge.</summary>
    private const int Margin = 4;

    /// <summary>Bytes that a vector may read beyond the last sample.</summary>
    private const int VectorOverread = 32;

    private readonly MappedMemory _memory;

    public SplinePlane(int width, int height)
    {
        (Width, Height) = (width, height);
        // An odd number of cache lines: consecutive rows must not compete for the same cache sets.
        Stride = (((width + (2 * Margin) + VectorOverread + 63) / 64) | 1) * 64;
        _memory = new MappedMemory((nuint)Stride * (nuint)(height + (2 * Margin) + 1));
    }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    public sbyte* Origin => (sbyte*)_memory.Address + ((long)Margin * Stride) + Margin;

    public Span<sbyte> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return new Span<sbyte>(Origin + ((long)y * Stride), Width);
    }

    /// <summary>Repeats the outermost samples. Call it once the plane is full.</summary>
    public void ExtendEdges()
    {
        for (var y = 0; y < Height; y++)
        {
            var row = Origin + ((long)y * Stride);
            new Span<sbyte>(row - Margin, Margin).Fill(row[0]);
            new Span<sbyte>(row + Width, Margin).Fill(row[Width - 1]);
        }

        for (var y = 1; y <= Margin; y++)
        {
            PaddedRow(0).CopyTo(PaddedRow(-y));
            PaddedRow(Height - 1).CopyTo(PaddedRow(Height - 1 + y));
        }

        Span<sbyte> PaddedRow(int y) => new(Origin + ((long)y * Stride) - Margin, Width + (2 * Margin));
    }

    public void Dispose() => _memory.Dispose();
}
