namespace Kinema.Motion.Trajectories;

/// <summary>When each of several segments is made: each begins to gather pace while the one before it is losing its own.</summary>
internal sealed class SegmentTimeline(int segments)
{
    /// <summary>Share of a segment during which the next already runs; that of its easing's ramp, so that the pace never falls to nothing between them.</summary>
    private const double Overlap = 0.3;

    /// <summary>Of one segment, as a part of the video.</summary>
    public double SegmentLength { get; } = 1 / (segments - (Overlap * (segments - 1)));

    /// <summary>How far a segment has come.</summary>
    /// <param name="time">Part of the video, 0 to 1.</param>
    public double Progress(int segment, double time) => Easing.At(Math.Clamp((time - (segment * SegmentLength * (1 - Overlap))) / SegmentLength, 0, 1));
}
