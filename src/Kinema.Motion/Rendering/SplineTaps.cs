namespace Kinema.Motion.Rendering;

/// <summary>The filter taps of one axis of the resampling to B-spline coefficients: source samples and weights for each sample of a plane.</summary>
internal sealed class SplineTaps
{
    private const int Lanes = 8;

    private const double LanczosLobes = 4;

    /// <summary>
    /// Fraction of the frame's Nyquist frequency that the filter keeps. Detail closer to the limit would appear and vanish with each half pixel of drift.
    /// </summary>
    private const double BandLimit = 0.97;

    /// <summary>Radius of the spline's inverse filter in samples. The truncated rest is below a thousandth.</summary>
    private const int InverseFilterRadius = 5;

    private SplineTaps(int length, int count) => (Starts, Weights, Count) = (new int[length], new float[length * count], count);

    public int[] Starts { get; }

    /// <summary><see cref="Count"/> for each sample; unused sources have weight 0.</summary>
    public float[] Weights { get; }

    /// <summary>Sources for each sample, a multiple of eight.</summary>
    public int Count { get; }

    /// <summary>
    /// Taps for colours: a four-lobe Lanczos filter, band-limited to the frame, then the inverse of the spline, so that sampling the spline gives the filtered
    /// picture itself. Unser, Aldroubi and Eden 1993: the inverse is √3·z^|k| with z = √3 − 2.
    /// </summary>
    /// <param name="visibleLength">Samples that the whole picture takes on screen. Finer detail could only shimmer under motion.</param>
    /// <param name="siting">Position of a source sample within its own width.</param>
    public static SplineTaps ForColour(int sourceLength, int length, double visibleLength, double siting = 0.5)
    {
        var inverse = Enumerable.Range(-InverseFilterRadius, (2 * InverseFilterRadius) + 1)
            .Select(k => Math.Sqrt(3) * Math.Pow(Math.Sqrt(3) - 2, Math.Abs(k))).ToArray();
        return Build(sourceLength, length, visibleLength * BandLimit, siting, LanczosLobes, Lanczos, inverse);
    }

    /// <summary>Taps for mattes: a tent filter, whose edges do not ring. The spline itself smooths them a little.</summary>
    public static SplineTaps ForMatte(int sourceLength, int length, double visibleLength) =>
        Build(sourceLength, length, visibleLength, 0.5, 1, x => Math.Max(0, 1 - Math.Abs(x)), [1]);

    private static SplineTaps Build(
        int sourceLength, int length, double visibleLength, double siting, double lobes, Func<double, double> kernel, double[] inverse)
    {
        var shrink = Math.Max(1, sourceLength / visibleLength);
        var ratio = (double)sourceLength / length;
        var inverseRadius = inverse.Length / 2;
        var radius = (lobes * shrink) + (inverseRadius * ratio);
        var span = (2 * (int)Math.Ceiling(lobes * shrink)) + 1;
        var count = ((2 * (int)Math.Ceiling(radius)) + Lanes) / Lanes * Lanes;
        var taps = new SplineTaps(length, count);
        var plain = new double[length * span];
        for (var target = 0; target < length; target++)
        {
            for (var i = 0; i < span; i++)
                plain[(target * span) + i] = kernel((First(target) + i - Centre(target)) / shrink);
        }

        var window = new double[count];
        for (var target = 0; target < length; target++)
        {
            var start = Math.Clamp((int)Math.Ceiling(Centre(target) - radius), 0, Math.Max(0, sourceLength - count));
            Array.Clear(window);
            for (var k = -inverseRadius; k <= inverseRadius; k++)
            {
                var neighbour = Math.Clamp(target + k, 0, length - 1);
                for (var i = 0; i < span; i++)
                {
                    // Samples with weight 0 may lie outside the window.
                    if (plain[(neighbour * span) + i] is var weight and not 0)
                        window[Math.Clamp(First(neighbour) + i, 0, sourceLength - 1) - start] += inverse[k + inverseRadius] * weight;
                }
            }

            var sum = window.Sum();
            taps.Starts[target] = start;
            for (var i = 0; i < count; i++)
                taps.Weights[(target * count) + i] = (float)(window[i] / sum);
        }

        return taps;

        double Centre(int target) => ((target + 0.5) * ratio) - siting;

        int First(int target) => (int)Math.Ceiling(Centre(target) - (lobes * shrink));
    }

    private static double Lanczos(double x) => Math.Abs(x) >= LanczosLobes ? 0 : Sinc(x) * Sinc(x / LanczosLobes);

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
