namespace Kinema.Motion.Trajectories;

/// <summary>Schedule of sequential segments: each accelerates while the previous one decelerates.</summary>
internal sealed class SegmentTimeline(int segments)
{
    /// <summary>Share of a segment that overlaps the next; equal to the easing's ramp, so that the speed never drops to zero between them.</summary>
    private const double Overlap = 0.3;

    /// <summary>Length of one segment as a fraction of the video.</summary>
    public double SegmentLength { get; } = 1 / (segments - (Overlap * (segments - 1)));

    /// <summary>Eased progress of a segment.</summary>
    /// <param name="time">Fraction of the video, 0 to 1.</param>
    public double Progress(int segment, double time) => Easing.At(Math.Clamp((time - (segment * SegmentLength * (1 - Overlap))) / SegmentLength, 0, 1));
}
