namespace Kinema.Motion.Scenes;

/// <summary>One pyramid level of PatchMatch inpainting: for each hole pixel, the source pixel with the most similar patch.</summary>
/// <remarks>Barnes et al. 2009, "PatchMatch". Voting reconstructs the picture from the matches, as in Wexler, Shechtman, Irani 2007.</remarks>
internal sealed class PatchMatchLevel
{
    private const int Radius = 3;
    private const int NoMatchCost = int.MaxValue;

    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _colours;
    private readonly bool[] _isSource;
    private readonly int[] _targets;
    private readonly int[] _costs;
    private uint _random = 0x9E3779B9;

    /// <param name="colours">Three bytes a pixel; an initial value inside the hole. <see cref="Vote"/> changes them.</param>
    /// <param name="hole">The pixels to inpaint.</param>
    /// <param name="targets">The part of the hole that needs matches.</param>
    public PatchMatchLevel(int width, int height, byte[] colours, bool[] hole, bool[] targets)
    {
        (_width, _height, _colours) = (width, height, colours);
        _isSource = Sources(hole);
        _targets = [.. Enumerable.Range(0, width * height).Where(at => targets[at])];
        _costs = new int[width * height];
        Matches = new int[width * height];
        Array.Fill(Matches, -1);
        HasSources = Array.IndexOf(_isSource, true) >= 0;
    }

    /// <summary>The index of the best source pixel for each target pixel, −1 elsewhere.</summary>
    public int[] Matches { get; }

    public bool HasSources { get; }

    public byte[] Colours => _colours;

    /// <summary>Initialises the matches from a level of half the size, or with random source pixels near the hole.</summary>
    public void Initialise(PatchMatchLevel? coarser)
    {
        foreach (var at in _targets)
        {
            var (x, y) = (at % _width, at / _width);
            var match = coarser is null ? -1 : coarser.UpsampledMatch(x, y, _width, _height);
            for (var attempt = 0; attempt < 40 && (match < 0 || !_isSource[match]); attempt++)
            {
                var radius = Math.Max(_width, _height) * (attempt + 8) / 40;
                match = IndexOf(x + RandomOffset(radius), y + RandomOffset(radius));
            }

            Matches[at] = match >= 0 && _isSource[match] ? match : RandomSource();
        }
    }

    public void Search(int sweeps)
    {
        foreach (var at in _targets)
            _costs[at] = Cost(at, Matches[at], NoMatchCost);
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            var step = sweep % 2 == 0 ? 1 : -1;
            for (var i = 0; i < _targets.Length; i++)
            {
                var at = _targets[step > 0 ? i : _targets.Length - 1 - i];
                Propagate(at, step);
                Propagate(at, step * _width);
                for (var radius = Math.Max(_width, _height) / 2; radius >= 1; radius /= 3)
                    Try(at, IndexOf((Matches[at] % _width) + RandomOffset(radius), (Matches[at] / _width) + RandomOffset(radius)));
            }
        }
    }

    /// <summary>Reconstructs each target pixel as the weighted mean of all patches that cover it. Better matches weigh more.</summary>
    public void Vote()
    {
        var typical = 1 + (_targets.Length == 0 ? 0 : _targets.Average(at => (double)_costs[at]));
        var sums = new float[4 * _width * _height];
        foreach (var at in _targets)
        {
            var weight = (float)Math.Exp(-_costs[at] / (0.5 * typical));
            weight = Math.Max(weight, 1e-6f);
            var (x, y, match) = (at % _width, at / _width, Matches[at]);
            for (var dy = -Radius; dy <= Radius; dy++)
            {
                if (y + dy < 0 || y + dy >= _height)
                    continue;
                for (var dx = -Radius; dx <= Radius; dx++)
                {
                    if (x + dx < 0 || x + dx >= _width)
                        continue;
                    var (to, from) = (4 * (at + (dy * _width) + dx), 3 * (match + (dy * _width) + dx));
                    sums[to] += weight * _colours[from];
                    sums[to + 1] += weight * _colours[from + 1];
                    sums[to + 2] += weight * _colours[from + 2];
                    sums[to + 3] += weight;
                }
            }
        }

        foreach (var at in _targets)
        {
            for (var c = 0; c < 3; c++)
                _colours[(3 * at) + c] = (byte)Math.Clamp(MathF.Round(sums[(4 * at) + c] / sums[(4 * at) + 3]), 0, 255);
        }
    }

    private int UpsampledMatch(int x, int y, int width, int height)
    {
        var (ownX, ownY) = (Math.Min(x / 2, _width - 1), Math.Min(y / 2, _height - 1));
        var match = Matches[(ownY * _width) + ownX];
        if (match < 0)
            return -1;
        var (fineX, fineY) = (x + (2 * ((match % _width) - ownX)), y + (2 * ((match / _width) - ownY)));
        return fineX >= 0 && fineX < width && fineY >= 0 && fineY < height ? (fineY * width) + fineX : -1;
    }

    /// <summary>The pixels whose whole patch is known.</summary>
    private bool[] Sources(bool[] hole)
    {
        var sums = new int[(_width + 1) * (_height + 1)];
        for (var y = 0; y < _height; y++)
        {
            for (var x = 0; x < _width; x++)
            {
                var at = ((y + 1) * (_width + 1)) + x + 1;
                sums[at] = sums[at - 1] + sums[at - _width - 1] - sums[at - _width - 2] + (hole[(y * _width) + x] ? 1 : 0);
            }
        }

        var source = new bool[_width * _height];
        for (var y = Radius; y < _height - Radius; y++)
        {
            for (var x = Radius; x < _width - Radius; x++)
            {
                var (top, bottom) = ((y - Radius) * (_width + 1), (y + Radius + 1) * (_width + 1));
                source[(y * _width) + x] = sums[bottom + x + Radius + 1] - sums[bottom + x - Radius] - sums[top + x + Radius + 1] + sums[top + x - Radius] == 0;
            }
        }

        return source;
    }

    private void Propagate(int at, int step)
    {
        var neighbour = at - step;
        if (neighbour >= 0 && neighbour < Matches.Length && Matches[neighbour] >= 0)
            Try(at, Matches[neighbour] + step);
    }

    private void Try(int at, int match)
    {
        if (match < 0 || match >= _isSource.Length || !_isSource[match] || match == Matches[at])
            return;
        var cost = Cost(at, match, _costs[at]);
        if (cost < _costs[at])
            (Matches[at], _costs[at]) = (match, cost);
    }

    /// <summary>The sum of squared differences of two patches. Stops once the sum exceeds the limit.</summary>
    private unsafe int Cost(int at, int match, int limit)
    {
        var (x, y) = (at % _width, at / _width);
        var (left, right) = (Math.Max(-Radius, -x), Math.Min(Radius, _width - 1 - x));
        var (top, bottom) = (Math.Max(-Radius, -y), Math.Min(Radius, _height - 1 - y));
        var sum = 0;
        fixed (byte* colours = _colours)
        {
            for (var dy = top; dy <= bottom; dy++)
            {
                var one = colours + (3 * (at + (dy * _width) + left));
                var other = colours + (3 * (match + (dy * _width) + left));
                for (var i = 3 * (right - left + 1); i > 0; i--)
                {
                    var difference = *one++ - *other++;
                    sum += difference * difference;
                }

                if (sum >= limit)
                    return NoMatchCost;
            }
        }

        // A patch cut off by the edge of the picture has fewer terms.
        return (int)((long)sum * 49 / ((right - left + 1) * (bottom - top + 1)));
    }

    private int IndexOf(int x, int y) => x >= 0 && x < _width && y >= 0 && y < _height ? (y * _width) + x : -1;

    private int RandomSource()
    {
        var start = (int)(NextRandom() % (uint)_isSource.Length);
        for (var i = 0; i < _isSource.Length; i++)
        {
            var at = (start + i) % _isSource.Length;
            if (_isSource[at])
                return at;
        }

        return 0;
    }

    private int RandomOffset(int radius) => (int)(NextRandom() % (uint)((2 * radius) + 1)) - radius;

    private uint NextRandom()
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        return _random;
    }
}
