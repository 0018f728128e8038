namespace Kinema.Motion.FirstLastFrame;

/// <summary>Estimated map from the first picture to the second.</summary>
/// <param name="Kind"><c>similarity</c>, <c>homography</c>, <c>alignment</c> (whole-image), <c>same</c> (identical pictures) or <c>none</c>.</param>
/// <param name="Map">From the first picture to the second, both in picture heights from their middle.</param>
/// <param name="Matches">Number of feature matches.</param>
/// <param name="Inliers">Number of matches that the map explains.</param>
internal sealed record CameraFit(string Kind, Homography Map, int Matches, int Inliers)
{
    public bool Found => Kind != "none";

    /// <summary>Matches that the map does not explain, possibly on moving objects. In picture heights from the middle.</summary>
    public IReadOnlyList<PointMatch> Outliers { get; init; } = [];

    /// <summary>Reason for a failed estimate, for the record.</summary>
    public string? FailureReason { get; init; }

    public static CameraFit None(string failureReason, int matches, int inliers, IReadOnlyList<PointMatch> outliers) =>
        new("none", Homography.Identity, matches, inliers) { FailureReason = failureReason, Outliers = outliers };
}

internal readonly record struct PointMatch(double FromX, double FromY, double ToX, double ToY);
