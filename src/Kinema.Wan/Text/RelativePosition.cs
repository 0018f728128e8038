namespace Kinema.Wan.Text;

/// <summary>The bucket of a distance between tokens (Raffel et al. 2020, section 2.1): near distances each have one, far ones share them logarithmically.</summary>
internal static class RelativePosition
{
    /// <param name="distance">Key position minus query position.</param>
    /// <param name="buckets">How many there are; half for keys before the query, half for keys after it.</param>
    /// <param name="maximumDistance">From here on all distances share the last bucket.</param>
    public static int Bucket(int distance, int buckets, int maximumDistance)
    {
        var half = buckets / 2;
        var side = distance > 0 ? half : 0;
        var away = Math.Abs(distance);
        var exact = half / 2;
        if (away < exact)
            return side + away;

        // In float32, as the reference does, so that a distance at an edge falls on the same side.
        var share = MathF.Log((float)away / exact) / (float)Math.Log((double)maximumDistance / exact);
        return side + Math.Min(half - 1, exact + (int)(share * (half - exact)));
    }

    /// <summary>The buckets of every query (row) and key (column) of a text: [length, length].</summary>
    public static long[] Table(int length, int buckets, int maximumDistance)
    {
        var table = new long[length * length];
        for (var query = 0; query < length; query++)
        {
            for (var key = 0; key < length; key++)
                table[query * length + key] = Bucket(key - query, buckets, maximumDistance);
        }

        return table;
    }
}
