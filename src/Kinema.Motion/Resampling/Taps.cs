namespace Kinema.Motion.Resampling;

/// <summary>For each target sample, the source samples it is made of and their weights. Used once per video, to prepare the picture.</summary>
internal sealed class Taps
{
    private const int Lanes = 4;

    private Taps(int targetLength, int count) => (Starts, Weights, Count) = (new int[targetLength], new float[targetLength * count], count);

    public int[] Starts { get; }

    /// <summary><see cref="Count"/> a target sample; sources that are not used weigh nothing.</summary>
    public float[] Weights { get; }

    /// <summary>Sources a target sample, a multiple of four.</summary>
    public int Count { get; }

    /// <param name="visibleLength">
    /// Samples that the whole picture would have on screen. Detail finer than that is filtered out here, once, however many samples are kept:
    /// it could only shimmer when the picture moves.
    /// </param>
    public static Taps Build(int sourceLength, int targetLength, double visibleLength)
    {
        var shrink = Math.Max(1, sourceLength / visibleLength);
        var shrinks = sourceLength > visibleLength;
        var radius = shrinks ? 3 * shrink : 2;
        var count = ((2 * (int)Math.Ceiling(radius)) + Lanes) / Lanes * Lanes;
        var taps = new Taps(targetLength, count);
        var window = new double[count];
        for (var target = 0; target < targetLength; target++)
        {
            var centre = ((target + 0.5) * sourceLength / targetLength) - 0.5;
            var first = (int)Math.Ceiling(centre - radius);
            var start = Math.Clamp(first, 0, Math.Max(0, sourceLength - count));
            Array.Clear(window);
            for (var source = first; source <= centre + radius; source++)
            {
                var x = (source - centre) / shrink;
                window[Math.Clamp(source, 0, sourceLength - 1) - start] += shrinks ? Lanczos(x) : CatmullRom(x);
            }

            var sum = window.Sum();
            taps.Starts[target] = start;
            for (var i = 0; i < count; i++)
                taps.Weights[(target * count) + i] = (float)(window[i] / sum);
        }

        return taps;
    }

    private static double Lanczos(double x) => Math.Abs(x) >= 3 ? 0 : Sinc(x) * Sinc(x / 3);

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    /// <remarks>Keys 1981, eq. 15, with a = -1/2.</remarks>
    private static double CatmullRom(double x)
    {
        x = Math.Abs(x);
        return x >= 2 ? 0 : x >= 1 ? (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2 : ((((1.5 * x) - 2.5) * x) * x) + 1;
    }
}
