namespace Kinema.Wan.Text;

/// <summary>
/// T5's relative position bucket (Raffel et al. 2020, section 2.1): small distances have one bucket each, larger ones share buckets logarithmically.
/// </summary>
internal static class RelativePositionBucket
{
    /// <param name="distance">Key position minus query position.</param>
    /// <param name="buckets">Number of buckets; half for keys before the query, half for keys after it.</param>
    /// <param name="maximumDistance">All distances from here on share the last bucket.</param>
    public static int Of(int distance, int buckets, int maximumDistance)
    {
        var half = buckets / 2;
        var side = distance > 0 ? half : 0;
        var away = Math.Abs(distance);
        var exact = half / 2;
        if (away < exact)
            return side + away;

        // In float32 like the reference, so that a distance at an edge falls on the same side.
        var share = MathF.Log((float)away / exact) / (float)Math.Log((double)maximumDistance / exact);
        return side + Math.Min(half - 1, exact + (int)(share * (half - exact)));
    }

    /// <summary>Returns the buckets of every distance in a text, from 1 − length (first key, last query) to length − 1.</summary>
    public static long[] OfDistances(int length, int buckets, int maximumDistance) =>
        [.. Enumerable.Range(1 - length, 2 * length - 1).Select(distance => (long)Of(distance, buckets, maximumDistance))];
}
