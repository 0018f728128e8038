namespace Kinema.Motion.Scenes;

/// <summary>How much each region stands out from what surrounds the picture.</summary>
/// <param name="Standing">0 to 1: unlike the background near it.</param>
/// <param name="Apart">0 to 1: not reached from the edge of the picture without crossing an edge of colour.</param>
/// <remarks>
/// Background regions hang together with the edge of the picture, figures do not: "Saliency optimization from robust background detection"
/// (Zhu, Liang, Wei, Sun 2014). The lower edge counts less: figures are often cut off there.
/// </remarks>
internal sealed record Saliency(float[] Standing, float[] Apart)
{
    private const float ColourScale = 10;
    private const float Reach = 0.25f;
    private const float LowerEdge = 0.35f;

    public static Saliency Of(Superpixels regions)
    {
        var count = regions.Count;
        var distances = Geodesic(regions);
        var background = Background(regions, distances);
        var standing = new float[count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var (dx, dy) = (regions.X[i] - regions.X[j], regions.Y[i] - regions.Y[j]);
                var near = MathF.Exp(-((dx * dx) + (dy * dy)) / (2 * Reach * Reach));
                standing[i] += distances[i][j] * near * background[j] * regions.Areas[j];
            }
        }

        var top = standing.Order().ElementAt(Math.Min(count - 1, count * 98 / 100));
        for (var i = 0; i < count; i++)
            standing[i] = top > 0 ? Math.Min(1, standing[i] / top) : 0;
        return new Saliency(Relax(regions, standing, background), Reached(regions, distances, background));
    }

    /// <summary>Geodesic saliency (Wei, Wen, Zhu, Sun 2012): the way from the background at the top and the sides.</summary>
    private static float[] Reached(Superpixels regions, float[][] distances, float[] background)
    {
        var ways = new float[regions.Count];
        Array.Fill(ways, float.MaxValue);
        for (var start = 0; start < regions.Count; start++)
        {
            if (regions.SideContact[start] == 0)
                continue;
            var cost = (1 - background[start]) * 40;
            for (var i = 0; i < regions.Count; i++)
                ways[i] = Math.Min(ways[i], distances[start][i] + cost);
        }

        var order = ways.Order().ToArray();
        var top = Math.Clamp(order[order.Length * 9 / 10], 12, 60);
        return [.. ways.Select(way => Math.Clamp(way / top, 0, 1))];
    }

    /// <summary>The least sum of colour steps on a way between any two regions.</summary>
    private static float[][] Geodesic(Superpixels regions)
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
            while (queue.TryDequeue(out var at, out var way))
            {
                if (way > row[at])
                    continue;
                for (var k = 0; k < steps[at].Length; k++)
                {
                    var (next, longer) = (regions.Neighbours[at][k], way + steps[at][k]);
                    if (longer >= row[next])
                        continue;
                    row[next] = longer;
                    queue.Enqueue(next, longer);
                }
            }

            rows[start] = row;
        }

        return rows;
    }

    /// <summary>1 where a region's likes run along the edge of the picture, 0 where they keep away from it.</summary>
    private static float[] Background(Superpixels regions, float[][] distances)
    {
        var background = new float[regions.Count];
        for (var i = 0; i < regions.Count; i++)
        {
            float span = 0, contact = 0;
            for (var j = 0; j < regions.Count; j++)
            {
                var like = MathF.Exp(-distances[i][j] * distances[i][j] / (2 * ColourScale * ColourScale));
                span += like * regions.Areas[j];
                contact += like * (regions.SideContact[j] + (LowerEdge * regions.BottomContact[j]));
            }

            var bound = contact / MathF.Sqrt(Math.Max(1, span));
            background[i] = 1 - MathF.Exp(-bound * bound / 2);
        }

        return background;
    }

    /// <summary>Neighbours of one colour belong together; what hangs on the edge of the picture is pulled down.</summary>
    private static float[] Relax(Superpixels regions, float[] standing, float[] background)
    {
        var now = (float[])standing.Clone();
        for (var round = 0; round < 30; round++)
        {
            var next = new float[now.Length];
            for (var i = 0; i < now.Length; i++)
            {
                var (pull, weight) = (standing[i] * standing[i] * 1f, standing[i] + background[i] + 0.02f);
                foreach (var j in regions.Neighbours[i])
                {
                    var difference = regions.Difference(i, j);
                    var like = 2 * MathF.Exp(-difference * difference / (2 * ColourScale * ColourScale));
                    pull += like * now[j];
                    weight += like;
                }

                next[i] = pull / weight;
            }

            now = next;
        }

        var top = now.Max();
        return top <= 0 ? now : [.. now.Select(value => value / top)];
    }
}
