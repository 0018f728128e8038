using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Points of one picture in the middle plane, each with its way to the other picture, that can be seen at any time on that way.</summary>
/// <remarks>
/// Each point is carried to where it is at a time and spread over the four lattice places around it, weighted by trust: where something passes before
/// something else, what both pictures show wins over what one alone shows. Not for two threads at once.
/// </remarks>
internal sealed class FlowSplatter
{
    /// <summary>What a point is worth whose way is not believed: enough to be seen where nothing else is.</summary>
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

    /// <summary>Canvas pixels between two places.</summary>
    public int Step { get; }

    public int Columns { get; }

    public int Rows { get; }

    /// <param name="extent">Where the picture is: points beyond it are not there at all.</param>
    /// <param name="untrustedWeight">What a point is worth whose way is not believed; the less, the more it follows those around it.</param>
    public static FlowSplatter Of(DenseFlow flow, Mat trust, Mat extent, int step, float untrustedWeight = UntrustedWeight)
    {
        var splatter = new FlowSplatter(step, extent.Width / step, extent.Height / step, untrustedWeight);
        flow.X.GetArray(out float[] across);
        flow.Y.GetArray(out float[] down);
        trust.GetArray(out float[] trusted);
        extent.GetArray(out byte[] there);
        var width = extent.Width;
        for (var row = 0; row < splatter.Rows; row++)
        {
            for (var column = 0; column < splatter.Columns; column++)
            {
                var (from, to) = ((((row * step) + (step / 2)) * width) + (column * step) + (step / 2), (row * splatter.Columns) + column);
                splatter._x[to] = across[from] / step;
                splatter._y[to] = down[from] / step;
                splatter._trust[to] = there[from] == 0 ? -1 : trusted[from];
            }
        }

        return splatter;
    }

    /// <summary>
    /// Lets every point whose way is not believed go along with those around it: what leaves the picture has no way that could be found, and a guessed one
    /// would tear it off.
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

    /// <summary>Carries every point that share of its way.</summary>
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

    /// <summary>What is at a place of the canvas after <see cref="SplatAt"/>.</summary>
    /// <param name="x">Canvas pixels.</param>
    /// <param name="y">Canvas pixels.</param>
    public SplatSample At(double x, double y)
    {
        var moved = _levels[0].At((float)((x / Step) - 0.5), (float)((y / Step) - 0.5));
        return moved with { X = moved.X * Step, Y = moved.Y * Step };
    }
}

/// <param name="X">The whole way of what is there, to the right.</param>
/// <param name="Y">The same, downwards.</param>
/// <param name="Presence">How much of the picture is there: 0 in a hole that something left behind.</param>
/// <param name="Trust">How far its way is believed, 0 to 1.</param>
internal readonly record struct SplatSample(float X, float Y, float Presence, float Trust);
