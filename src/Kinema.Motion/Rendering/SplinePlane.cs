namespace Kinema.Motion.Rendering;

/// <summary>
/// One channel of a layer as coefficients of a cubic B-spline: signed bytes around the code 128, scaled down by a quarter because coefficients swing
/// farther than the codes that they make. Repeated beyond each edge, so that a kernel never has to ask where it is.
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

    /// <summary>What a vector may read beyond the last sample.</summary>
    private const int Slack = 32;

    private readonly Pages _pages;

    public SplinePlane(int width, int height)
    {
        (Width, Height) = (width, height);
        // An odd number of cache lines: rows below one another must not compete for the same places of the cache.
        Stride = (((width + (2 * Margin) + Slack + 63) / 64) | 1) * 64;
        _pages = new Pages((nuint)Stride * (nuint)(height + (2 * Margin) + 1));
    }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    public sbyte* Origin => (sbyte*)_pages.Address + ((long)Margin * Stride) + Margin;

    public Span<sbyte> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return new Span<sbyte>(Origin + ((long)y * Stride), Width);
    }

    /// <summary>Repeats the outermost samples; to be called once the plane is filled.</summary>
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
            Whole(0).CopyTo(Whole(-y));
            Whole(Height - 1).CopyTo(Whole(Height - 1 + y));
        }

        Span<sbyte> Whole(int y) => new(Origin + ((long)y * Stride) - Margin, Width + (2 * Margin));
    }

    public void Dispose() => _pages.Dispose();
}
