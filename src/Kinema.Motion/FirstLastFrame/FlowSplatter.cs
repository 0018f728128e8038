using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Forward-splats the flow of one picture, on the middle plane, to any time of the transition.</summary>
/// <remarks>
/// Each point moves to its position at a time and is splatted to the four grid cells around it, weighted by trust. At occlusions, content visible in both
/// pictures outweighs content visible in one. Not thread-safe.
/// </remarks>
internal sealed class FlowSplatter
{
    /// <summary>Default weight of a point with untrusted flow: enough to be visible where nothing else is.</summary>
    public const float UntrustedWeight = 0.03f;

    private readonly float _untrustedWeight;
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly float[] _trust;
    private readonly SplatLevel[] _levels;

    private FlowSplatter(int step, int columns, int rows, float untrustedWeight)
    {
        (Step, Columns, Rows, _untrustedWeight) = (step, columns, rows, untrustedWeight);
        (_x, _y, _trust) = (new float[columns * rows], new float[columns * rows], new float[columns * rows]);
        List<SplatLevel> levels = [new(columns, rows)];
        while (levels[^1].Columns > 1 || levels[^1].Rows > 1)
            levels.Add(new((levels[^1].Columns + 1) / 2, (levels[^1].Rows + 1) / 2));
        _levels = [.. levels];
    }

    /// <summary>Grid pixels between two points.</summary>
    public int Step { get; }

    public int Columns { get; }

    public int Rows { get; }

    /// <param name="extent">Mask of the picture; points outside it are ignored.</param>
    /// <param name="untrustedWeight">Weight of a point with untrusted flow; the smaller, the more it follows its neighbours.</param>
    public static FlowSplatter Of(DenseFlow flow, Mat trust, Mat extent, int step, float untrustedWeight = UntrustedWeight)
    {
        var splatter = new FlowSplatter(step, extent.Width / step, extent.Height / step, untrustedWeight);
        flow.X.GetArray(out float[] across);
        flow.Y.GetArray(out float[] down);
        trust.GetArray(out float[] trusted);
        extent.GetArray(out byte[] covered);
        var width = extent.Width;
        for (var row = 0; row < splatter.Rows; row++)
        {
            for (var column = 0; column < splatter.Columns; column++)
            {
                var (from, to) = ((((row * step) + (step / 2)) * width) + (column * step) + (step / 2), (row * splatter.Columns) + column);
                splatter._x[to] = across[from] / step;
                splatter._y[to] = down[from] / step;
                splatter._trust[to] = covered[from] == 0 ? -1 : trusted[from];
            }
        }

        return splatter;
    }

    /// <summary>
    /// Replaces untrusted flow by the flow of the surroundings. Content that leaves the picture has no measurable flow, and a guessed one would tear it
    /// apart.
    /// </summary>
    public FlowSplatter PropagateTrusted()
    {
        SplatAt(0);
        for (var i = 0; i < _trust.Length; i++)
        {
            if (_trust[i] >= 0)
                (_x[i], _y[i]) = _levels[0].FlowAt(i);
        }

        return this;
    }

    /// <summary>Splats every point at that fraction of its flow.</summary>
    public void SplatAt(float progress)
    {
        var level = _levels[0];
        level.Clear();
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                var i = (row * Columns) + column;
                if (_trust[i] >= 0)
                    level.Add(column + (progress * _x[i]), row + (progress * _y[i]), _x[i], _y[i], _trust[i] + _untrustedWeight);
            }
        }

        for (var i = 1; i < _levels.Length; i++)
            _levels[i].Downsample(_levels[i - 1]);
        for (var i = _levels.Length - 2; i >= 0; i--)
            _levels[i].FillHoles(_levels[i + 1]);
    }

    /// <summary>Samples the splatted flow at a position of the grid after <see cref="SplatAt"/>.</summary>
    /// <param name="x">Grid pixels.</param>
    /// <param name="y">Grid pixels.</param>
    public SplatSample At(double x, double y)
    {
        var moved = _levels[0].At((float)((x / Step) - 0.5), (float)((y / Step) - 0.5));
        return moved with { X = moved.X * Step, Y = moved.Y * Step };
    }
}

/// <param name="X">Full flow at the position, to the right.</param>
/// <param name="Y">Full flow, downwards.</param>
/// <param name="Presence">Splatted coverage: 0 in a disocclusion hole.</param>
/// <param name="Trust">Trust in the flow, 0 to 1.</param>
internal readonly record struct SplatSample(float X, float Y, float Presence, float Trust);
