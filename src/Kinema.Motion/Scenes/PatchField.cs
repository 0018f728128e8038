namespace Kinema.Motion.Scenes;

/// <summary>One level of a picture with a hole, and for each pixel of the hole the place whose surroundings look most alike.</summary>
/// <remarks>Barnes et al. 2009, "PatchMatch"; the picture follows from the places by voting, as in Wexler, Shechtman, Irani 2007.</remarks>
internal sealed class PatchField
{
    private const int Reach = 3;
    private const int NoMatch = int.MaxValue;

    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _colours;
    private readonly bool[] _source;
    private readonly int[] _targets;
    private readonly int[] _costs;
    private uint _random = 0x9E3779B9;

    /// <param name="colours">Three bytes a pixel; in the hole a first guess. Changed by <see cref="Vote"/>.</param>
    /// <param name="hole">What has to be invented.</param>
    /// <param name="wanted">The part of the hole that matters.</param>
    public PatchField(int width, int height, byte[] colours, bool[] hole, bool[] wanted)
    {
        (_width, _height, _colours) = (width, height, colours);
        _source = Sources(hole);
        _targets = [.. Enumerable.Range(0, width * height).Where(at => wanted[at])];
        _costs = new int[width * height];
        Places = new int[width * height];
        Array.Fill(Places, -1);
        HasSources = Array.IndexOf(_source, true) >= 0;
    }

    /// <summary>For each pixel of the hole the pixel it is like, −1 where none was looked for.</summary>
    public int[] Places { get; }

    public bool HasSources { get; }

    public byte[] Colours => _colours;

    /// <summary>Starts from the places of a level of half the size, or from pixels not far beyond the edge of the hole.</summary>
    public void Begin(PatchField? coarser)
    {
        foreach (var at in _targets)
        {
            var (x, y) = (at % _width, at / _width);
            var place = coarser is null ? -1 : coarser.Doubled(x, y, _width, _height);
            for (var attempt = 0; attempt < 40 && (place < 0 || !_source[place]); attempt++)
            {
                var radius = Math.Max(_width, _height) * (attempt + 8) / 40;
                place = At(x + Next(radius), y + Next(radius));
            }

            Places[at] = place >= 0 && _source[place] ? place : AnySource();
        }
    }

    public void Search(int sweeps)
    {
        foreach (var at in _targets)
            _costs[at] = Cost(at, Places[at], NoMatch);
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            var step = sweep % 2 == 0 ? 1 : -1;
            for (var i = 0; i < _targets.Length; i++)
            {
                var at = _targets[step > 0 ? i : _targets.Length - 1 - i];
                Propagate(at, step);
                Propagate(at, step * _width);
                for (var radius = Math.Max(_width, _height) / 2; radius >= 1; radius /= 3)
                    Try(at, At((Places[at] % _width) + Next(radius), (Places[at] / _width) + Next(radius)));
            }
        }
    }

    /// <summary>Each pixel of the hole becomes what the places of all patches over it say, the good matches more than the poor.</summary>
    public void Vote()
    {
        var typical = 1 + (_targets.Length == 0 ? 0 : _targets.Average(at => (double)_costs[at]));
        var sums = new float[4 * _width * _height];
        foreach (var at in _targets)
        {
            var weight = (float)Math.Exp(-_costs[at] / (0.5 * typical));
            weight = Math.Max(weight, 1e-6f);
            var (x, y, place) = (at % _width, at / _width, Places[at]);
            for (var dy = -Reach; dy <= Reach; dy++)
            {
                if (y + dy < 0 || y + dy >= _height)
                    continue;
                for (var dx = -Reach; dx <= Reach; dx++)
                {
                    if (x + dx < 0 || x + dx >= _width)
                        continue;
                    var (to, from) = (4 * (at + (dy * _width) + dx), 3 * (place + (dy * _width) + dx));
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

    private int Doubled(int x, int y, int width, int height)
    {
        var (ownX, ownY) = (Math.Min(x / 2, _width - 1), Math.Min(y / 2, _height - 1));
        var place = Places[(ownY * _width) + ownX];
        if (place < 0)
            return -1;
        var (fineX, fineY) = (x + (2 * ((place % _width) - ownX)), y + (2 * ((place / _width) - ownY)));
        return fineX >= 0 && fineX < width && fineY >= 0 && fineY < height ? (fineY * width) + fineX : -1;
    }

    /// <summary>Pixels whose whole surroundings are known.</summary>
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
        for (var y = Reach; y < _height - Reach; y++)
        {
            for (var x = Reach; x < _width - Reach; x++)
            {
                var (top, bottom) = ((y - Reach) * (_width + 1), (y + Reach + 1) * (_width + 1));
                source[(y * _width) + x] = sums[bottom + x + Reach + 1] - sums[bottom + x - Reach] - sums[top + x + Reach + 1] + sums[top + x - Reach] == 0;
            }
        }

        return source;
    }

    private void Propagate(int at, int step)
    {
        var beside = at - step;
        if (beside >= 0 && beside < Places.Length && Places[beside] >= 0)
            Try(at, Places[beside] + step);
    }

    private void Try(int at, int place)
    {
        if (place < 0 || place >= _source.Length || !_source[place] || place == Places[at])
            return;
        var cost = Cost(at, place, _costs[at]);
        if (cost < _costs[at])
            (Places[at], _costs[at]) = (place, cost);
    }

    /// <summary>Squared difference of the surroundings; given up once it is over the limit.</summary>
    private unsafe int Cost(int at, int place, int limit)
    {
        var (x, y) = (at % _width, at / _width);
        var (left, right) = (Math.Max(-Reach, -x), Math.Min(Reach, _width - 1 - x));
        var (top, bottom) = (Math.Max(-Reach, -y), Math.Min(Reach, _height - 1 - y));
        var sum = 0;
        fixed (byte* colours = _colours)
        {
            for (var dy = top; dy <= bottom; dy++)
            {
                var one = colours + (3 * (at + (dy * _width) + left));
                var other = colours + (3 * (place + (dy * _width) + left));
                for (var i = 3 * (right - left + 1); i > 0; i--)
                {
                    var difference = *one++ - *other++;
                    sum += difference * difference;
                }

                if (sum >= limit)
                    return NoMatch;
            }
        }

        // A patch cut short by the edge of the picture has fewer terms.
        return (int)((long)sum * 49 / ((right - left + 1) * (bottom - top + 1)));
    }

    private int At(int x, int y) => x >= 0 && x < _width && y >= 0 && y < _height ? (y * _width) + x : -1;

    private int AnySource()
    {
        var start = (int)(Draw() % (uint)_source.Length);
        for (var i = 0; i < _source.Length; i++)
        {
            var at = (start + i) % _source.Length;
            if (_source[at])
                return at;
        }

        return 0;
    }

    private int Next(int radius) => (int)(Draw() % (uint)((2 * radius) + 1)) - radius;

    private uint Draw()
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        return _random;
    }
}
