using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Frames of one format as those of another: enlarged, and repeated or left out. A frame stays on screen as long as it did, to the nearest frame.</summary>
internal sealed class FrameConversion
{
    private readonly VideoFormat _made;
    private readonly PlaneScaler? _luma;
    private readonly PlaneScaler? _chroma;
    private readonly byte[] _frame;

    public FrameConversion(VideoFormat made, VideoFormat target)
    {
        (_made, Target) = (made, target);
        _frame = [];
        if ((made.Width, made.Height) == (target.Width, target.Height))
            return;

        _luma = new(made.Width, made.Height, target.Width, target.Height, PlaneScaler.Centered);
        _chroma = new(made.Width / 2, made.Height / 2, target.Width / 2, target.Height / 2, PlaneScaler.LeftSited);
        _frame = new byte[target.FrameBytes];
    }

    public VideoFormat Target { get; }

    /// <summary>Whether the formats are the same.</summary>
    public bool IsNone => _made == Target;

    /// <summary>The places that a made frame takes.</summary>
    public IEnumerable<int> IndexesOf(int index)
    {
        var end = index == _made.FrameCount - 1 ? Target.FrameCount : Math.Min(Target.FrameCount, First(index + 1));
        return Enumerable.Range(First(index), Math.Max(0, end - First(index)));
    }

    /// <summary>Returns the frame in the target's size, valid until the next one.</summary>
    public ReadOnlyMemory<byte> Convert(ReadOnlyMemory<byte> frame)
    {
        if (_luma is null)
            return frame;

        var from = frame.Span;
        var to = _frame.AsSpan();
        var (fromLuma, toLuma) = (_made.Width * _made.Height, Target.Width * Target.Height);
        _luma.Scale(from[..fromLuma], to[..toLuma]);
        for (var plane = 0; plane < 2; plane++)
            _chroma!.Scale(from.Slice(fromLuma + (plane * fromLuma / 4), fromLuma / 4), to.Slice(toLuma + (plane * toLuma / 4), toLuma / 4));
        return _frame;
    }

    /// <summary>The first target frame that begins no earlier than a made one.</summary>
    private int First(int index) => (int)((((long)index * Target.FramesPerSecond) + _made.FramesPerSecond - 1) / _made.FramesPerSecond);
}
