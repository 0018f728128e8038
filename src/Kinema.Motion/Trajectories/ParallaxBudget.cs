namespace Kinema.Motion.Trajectories;

/// <summary>
/// Splits a move between translation and its parallax-free counterpart (a pan for a truck, a zoom for a dolly). Uncertain depths get less parallax;
/// on-screen movement keeps its direction and distance.
/// </summary>
internal sealed class ParallaxBudget(DepthProfile depth)
{
    /// <summary>Inverse depth below which the subject is too far for any translation to move it.</summary>
    private const double NearSubject = 0.12;

    private const double FullTrustConfidence = 0.5;
    private const double MinShare = 0.35;

    /// <summary>Largest disparity between near and far over a move, in fractions of a side.</summary>
    public double MaxDisparity { get; } = 0.022 + (0.033 * depth.Confidence);

    /// <summary>Largest translation share of any move, from the confidence in the depths.</summary>
    public double MaxShare { get; } =
        Math.Min(Math.Max(MinShare, Math.Min(1, depth.Confidence / FullTrustConfidence)), Math.Min(1, depth.Subject / NearSubject));

    /// <summary>Translation share of a sideways move that takes the subject over <paramref name="travel"/>.</summary>
    public double ShareForTravel(double travel) =>
        Math.Min(MaxShare, MaxDisparity / Math.Max(1e-6, Math.Abs(travel) * depth.Spread / Math.Max(depth.Subject, 1e-3)));

    /// <summary>Translation share of a forward move that scales the subject by this factor.</summary>
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

        // Half a picture from the middle, a difference in scale causes half that disparity.
        bool ExceedsDisparity(double share)
        {
            var forward = (1 - Math.Pow(factor, -share)) / Math.Max(depth.Subject, 1e-3);
            return depth.Near * forward > 0.6 || Math.Abs((1 / (1 - (depth.Near * forward))) - (1 / (1 - (depth.Far * forward)))) > 2 * MaxDisparity;
        }
    }
}
