namespace Kinema.Motion.Resampling;

/// <summary>
/// One channel of the prepared picture: 8 bit codes with 6 bits of fraction in 16, repeated beyond each edge so that a kernel never has to ask where it is.
/// </summary>
internal sealed unsafe class Plane : IDisposable
{
    /// <summary>Bits of fraction.</summary>
    public const int Fraction = 6;

    /// <summary>Samples repeated beyond each edge.</summary>
    public const int Margin = 4;

    /// <summary>What a vector may read or write beyond the last sample.</summary>
    public const int Slack = 32;

    private readonly Pages _pages;
    private readonly int _stride;

    public Plane(int width, int height)
    {
        (Width, Height) = (width, height);
        _stride = width + (2 * Margin) + Slack;
        _pages = new Pages((nuint)_stride * (nuint)(height + (2 * Margin)) * sizeof(short));
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The first sample of a row, from <c>-Margin</c> to <c>Height + Margin - 1</c>; columns run over the same range.</summary>
    public short* Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(y, -Margin);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height + Margin);
        return (short*)_pages.Address + ((long)(y + Margin) * _stride) + Margin;
    }

    /// <summary>Repeats the outermost samples; to be called once the plane is filled.</summary>
    public void ExtendEdges()
    {
        for (var y = 0; y < Height; y++)
        {
            var row = Row(y);
            new Span<short>(row - Margin, Margin).Fill(row[0]);
            new Span<short>(row + Width, Margin).Fill(row[Width - 1]);
        }

        for (var y = 1; y <= Margin; y++)
        {
            Whole(0).CopyTo(Whole(-y));
            Whole(Height - 1).CopyTo(Whole(Height - 1 + y));
        }

        Span<short> Whole(int y) => new(Row(y) - Margin, _stride - Slack);
    }

    public void Dispose() => _pages.Dispose();
}
