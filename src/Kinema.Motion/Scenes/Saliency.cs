namespace Kinema.Motion.Scenes;

/// <summary>The saliency of each region.</summary>
/// <param name="Contrast">Background-weighted contrast, 0 to 1.</param>
/// <param name="Geodesic">Geodesic distance from the edge of the picture across colour edges, 0 to 1.</param>
/// <remarks>
/// Background regions connect to the edge of the picture, foreground regions do not: "Saliency optimization from robust background detection" (Zhu, Liang, Wei,
/// Sun 2014). The lower edge weighs less, because it often cuts objects off.
/// </remarks>
internal sealed record Saliency(float[] Contrast, float[] Geodesic)
{
    private const float ColourSigma = 10;
    private const float SpatialSigma = 0.25f;
    private const float LowerEdgeWeight = 0.35f;

    public static Saliency Of(Superpixels regions)
    {
        var count = regions.Count;
        var distances = GeodesicDistances(regions);
        var background = BackgroundProbability(regions, distances);
        var contrast = new float[count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var (dx, dy) = (regions.X[i] - regions.X[j], regions.Y[i] - regions.Y[j]);
                var proximity = MathF.Exp(-((dx * dx) + (dy * dy)) / (2 * SpatialSigma * SpatialSigma));
                contrast[i] += distances[i][j] * proximity * background[j] * regions.Areas[j];
            }
        }

        var top = contrast.Order().ElementAt(Math.Min(count - 1, count * 98 / 100));
        for (var i = 0; i < count; i++)
            contrast[i] = top > 0 ? Math.Min(1, contrast[i] / top) : 0;
        return new Saliency(Smooth(regions, contrast, background), GeodesicSaliency(regions, distances, background));
    }

    /// <summary>Geodesic saliency (Wei, Wen, Zhu, Sun 2012): the path cost from the background at the top and the sides.</summary>
    private static float[] GeodesicSaliency(Superpixels regions, float[][] distances, float[] background)
    {
        var costs = new float[regions.Count];
        Array.Fill(costs, float.MaxValue);
        for (var start = 0; start < regions.Count; start++)
        {
            if (regions.SideContact[start] == 0)
                continue;
            var cost = (1 - background[start]) * 40;
            for (var i = 0; i < regions.Count; i++)
                costs[i] = Math.Min(costs[i], distances[start][i] + cost);
        }

        var order = costs.Order().ToArray();
        var top = Math.Clamp(order[order.Length * 9 / 10], 12, 60);
        return [.. costs.Select(cost => Math.Clamp(cost / top, 0, 1))];
    }

    /// <summary>The smallest sum of colour steps along a path between any two regions.</summary>
    private static float[][] GeodesicDistances(Superpixels regions)
    {
        var steps = regions.Neighbours.Select((all, i) => all.Select(j => Math.Max(0, regions.Difference(i, j) - 3)).ToArray()).ToArray();
        var rows = new float[regions.Count][];
        var queue = new PriorityQueue<int, float>();
        for (var start = 0; start < regions.Count; start++)
        {
            var row = new float[regions.Count];
            Array.Fill(row, float.MaxValue);
            row[start] = 0;
            queue.Enqueue(start, 0);
            while (queue.TryDequeue(out var at, out var cost))
            {
                if (cost > row[at])
                    continue;
                for (var k = 0; k < steps[at].Length; k++)
                {
                    var (next, candidate) = (regions.Neighbours[at][k], cost + steps[at][k]);
                    if (candidate >= row[next])
                        continue;
                    row[next] = candidate;
                    queue.Enqueue(next, candidate);
                }
            }

            rows[start] = row;
        }

        return rows;
    }

    /// <summary>The background probability from boundary connectivity: 1 if similar regions touch the edge of the picture often, 0 if never.</summary>
    private static float[] BackgroundProbability(Superpixels regions, float[][] distances)
    {
        var background = new float[regions.Count];
        for (var i = 0; i < regions.Count; i++)
        {
            float span = 0, contact = 0;
            for (var j = 0; j < regions.Count; j++)
            {
                var similarity = MathF.Exp(-distances[i][j] * distances[i][j] / (2 * ColourSigma * ColourSigma));
                span += similarity * regions.Areas[j];
                contact += similarity * (regions.SideContact[j] + (LowerEdgeWeight * regions.BottomContact[j]));
            }

            var boundaryConnectivity = contact / MathF.Sqrt(Math.Max(1, span));
            background[i] = 1 - MathF.Exp(-boundaryConnectivity * boundaryConnectivity / 2);
        }

        return background;
    }

    /// <summary>Smooths the saliency over similar neighbours and pulls probable background towards 0.</summary>
    private static float[] Smooth(Superpixels regions, float[] contrast, float[] background)
    {
        var current = (float[])contrast.Clone();
        for (var iteration = 0; iteration < 30; iteration++)
        {
            var next = new float[current.Length];
            for (var i = 0; i < current.Length; i++)
            {
                var (pull, weight) = (contrast[i] * contrast[i] * 1f, contrast[i] + background[i] + 0.02f);
                foreach (var j in regions.Neighbours[i])
                {
                    var difference = regions.Difference(i, j);
                    var similarity = 2 * MathF.Exp(-difference * difference / (2 * ColourSigma * ColourSigma));
                    pull += similarity * current[j];
                    weight += similarity;
                }

                next[i] = pull / weight;
            }

            current = next;
        }

        var top = current.Max();
        return top <= 0 ? current : [.. current.Select(value => value / top)];
    }
}
