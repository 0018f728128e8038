namespace Kinema.Wan.Images;

/// <summary>A resampling kernel: its weight at a distance, and its support, beyond which it is zero.</summary>
internal sealed class ResizeFilter
{
    private readonly Func<double, double> _weight;

    private ResizeFilter(double support, Func<double, double> weight)
    {
        Support = support;
        _weight = weight;
    }

    /// <summary>Lanczos' windowed sinc of three lobes: sinc(x) · sinc(x / 3).</summary>
    public static ResizeFilter Lanczos { get; } = new(3, x => Sinc(x) * Sinc(x / 3));

    /// <summary>Keys' cubic convolution with a = -1/2.</summary>
    public static ResizeFilter Bicubic { get; } = new(2, Cubic);

    public double Support { get; }

    public double At(double distance) => distance < -Support || distance >= Support ? 0 : _weight(distance);

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Cubic(double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        return x < 1 ? ((((a + 2) * x) - (a + 3)) * x * x) + 1 : ((((x - 5) * x) + 8) * x - 4) * a;
    }
}
