namespace Kinema.Motion.Trajectories;

/// <summary>
/// How much of a move is made by going and how much by its flat counterpart (a pan for a truck, a zoom for a dolly): where the depths are a guess, near and
/// far part less, and the content still goes the same way as far.
/// </summary>
internal sealed class ParallaxBudget(DepthProfile depth)
{
    /// <summary>Below this a subject is so far that no step of the camera would move it.</summary>
    private const double NearSubject = 0.12;

    private const double FullTrustConfidence = 0.5;
    private const double MinShare = 0.35;

    /// <summary>The way that near and far may part over a move, in fractions of a side.</summary>
    public double MaxDisparity { get; } = 0.022 + (0.033 * depth.Confidence);

    /// <summary>The most of any move that goes, however short its way: what the depths are trusted with.</summary>
    public double MaxShare { get; } =
        Math.Min(Math.Max(MinShare, Math.Min(1, depth.Confidence / FullTrustConfidence)), Math.Min(1, depth.Subject / NearSubject));

    /// <summary>Of a sideways move that takes the subject over <paramref name="travel"/>.</summary>
    public double ShareForTravel(double travel) =>
        Math.Min(MaxShare, MaxDisparity / Math.Max(1e-6, Math.Abs(travel) * depth.Spread / Math.Max(depth.Subject, 1e-3)));

    /// <summary>Of a move forward that makes the subject grow by this factor.</summary>
    public double ShareForGrowth(double factor)
    {
        var (low, high) = (0.0, MaxShare);
        if (ExceedsDisparity(high))
        {
            for (var i = 0; i < 20; i++)
            {
                var middle = (low + high) / 2;
                (low, high) = ExceedsDisparity(middle) ? (low, middle) : (middle, high);
            }
        }
        else
        {
            low = high;
        }

        return low;

        // Half a picture away from the middle, a difference in growth moves things apart by half of it.
        bool ExceedsDisparity(double share)
        {
            var forward = (1 - Math.Pow(factor, -share)) / Math.Max(depth.Subject, 1e-3);
            return depth.Near * forward > 0.6 || Math.Abs((1 / (1 - (depth.Near * forward))) - (1 / (1 - (depth.Far * forward)))) > 2 * MaxDisparity;
        }
    }
}
