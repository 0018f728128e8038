namespace Kinema.Media.AudioVideo;

/// <summary>Where a decoder can begin, and from when on it then has sound pictures: at once with one that needs no other, later where pictures are renewed in parts.</summary>
internal sealed class EntryPoints
{
    private readonly double[] _begins;

    /// <summary>Of each entry point, the earliest time at which it or a later one has sound pictures.</summary>
    private readonly double[] _sound;

    private EntryPoints(List<(double Begin, double Sound)> points)
    {
        points.Sort();
        _begins = [.. points.Select(point => point.Begin)];
        _sound = [.. points.Select(point => point.Sound)];
        for (var i = _sound.Length - 2; i >= 0; i--)
            _sound[i] = Math.Min(_sound[i], _sound[i + 1]);
    }

    /// <summary>The time of the first sound picture.</summary>
    public double First => From(double.MinValue);

    /// <remarks>A cut made by an edit list keeps packets before it, on which the first shown picture builds; they have no frames.</remarks>
    public static EntryPoints Find(IReadOnlyList<ProbeLine> packets, IReadOnlyList<ProbeLine> frames) => new(
    [
        .. frames.Where(frame => frame.IsIntra).Select(frame => (frame.Time!.Value, frame.Time!.Value)),
        .. packets.Where(packet => packet is { Time: not null, RefreshedAt: not null }).Select(packet => (packet.Time!.Value, packet.RefreshedAt!.Value)),
        .. packets.Where(packet => packet is { Time: not null, RefreshedAt: null, IsDiscarded: true, IsIntra: true }).Select(packet => (packet.Time!.Value, packet.Time!.Value)),
    ]);

    /// <summary>The earliest sound picture of the entry points at this time and later; <see cref="double.MaxValue"/> if there is none.</summary>
    public double From(double time)
    {
        var index = Array.BinarySearch(_begins, time);
        while (index > 0 && _begins[index - 1] == time)
            index--;
        return At(index < 0 ? ~index : index);
    }

    /// <summary>The earliest sound picture of the entry points after this time.</summary>
    public double Behind(double time) => From(Math.BitIncrement(time));

    private double At(int index) => index < _sound.Length ? _sound[index] : double.MaxValue;
}
