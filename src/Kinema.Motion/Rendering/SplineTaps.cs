namespace Kinema.Motion.Rendering;

/// <summary>For each sample of a plane, the source samples that it is made of and their weights: one axis of the resampling to B-spline coefficients.</summary>
internal sealed class SplineTaps
{
    private const int Lanes = 8;

    private const double Lobes = 4;

    /// <summary>
    /// Detail is limited a little below what a frame can show: so near the limit it would come and go with each half pixel that the picture drifts.
    /// </summary>
    private const double Limit = 0.97;

    /// <summary>How far the spline's inverse filter reaches; what it leaves out is below a thousandth.</summary>
    private const int InverseReach = 5;

    private SplineTaps(int length, int count) => (Starts, Weights, Count) = (new int[length], new float[length * count], count);

    public int[] Starts { get; }

    /// <summary><see cref="Count"/> a sample; sources that are not used weigh nothing.</summary>
    public float[] Weights { get; }

    /// <summary>Sources a sample, a multiple of eight.</summary>
    public int Count { get; }

    /// <summary>
    /// For colours: Lanczos over four lobes, limited to what a frame can show, then the inverse of the spline, so that sampling the spline gives
    /// the filtered picture itself. Unser, Aldroubi and Eden 1993: the inverse is √3·z^|k| with z = √3 − 2.
    /// </summary>
    /// <param name="visibleLength">Samples that the whole picture has on screen; finer detail could only shimmer when the picture moves.</param>
    /// <param name="siting">Where a source sample lies within its own width.</param>
    public static SplineTaps ForColour(int sourceLength, int length, double visibleLength, double siting = 0.5)
    {
        var inverse = Enumerable.Range(-InverseReach, (2 * InverseReach) + 1).Select(k => Math.Sqrt(3) * Math.Pow(Math.Sqrt(3) - 2, Math.Abs(k))).ToArray();
        return Build(sourceLength, length, visibleLength * Limit, siting, Lobes, Lanczos, inverse);
    }

    /// <summary>For mattes: a tent, whose edges do not ring; the spline itself rounds them a little.</summary>
    public static SplineTaps ForMatte(int sourceLength, int length, double visibleLength) =>
        Build(sourceLength, length, visibleLength, 0.5, 1, x => Math.Max(0, 1 - Math.Abs(x)), [1]);

    private static SplineTaps Build(
        int sourceLength, int length, double visibleLength, double siting, double lobes, Func<double, double> kernel, double[] inverse)
    {
        var shrink = Math.Max(1, sourceLength / visibleLength);
        var ratio = (double)sourceLength / length;
        var reach = inverse.Length / 2;
        var radius = (lobes * shrink) + (reach * ratio);
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
            for (var k = -reach; k <= reach; k++)
            {
                var neighbour = Math.Clamp(target + k, 0, length - 1);
                for (var i = 0; i < span; i++)
                {
                    // What the kernel leaves out may lie outside the window.
                    if (plain[(neighbour * span) + i] is var weight and not 0)
                        window[Math.Clamp(First(neighbour) + i, 0, sourceLength - 1) - start] += inverse[k + reach] * weight;
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

    private static double Lanczos(double x) => Math.Abs(x) >= Lobes ? 0 : Sinc(x) * Sinc(x / Lobes);

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
