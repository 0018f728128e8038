namespace Kinema.Motion.FirstLastFrame;

/// <summary>How the second camera sees what the first one saw.</summary>
/// <param name="Kind"><c>similarity</c>, <c>homography</c>, <c>alignment</c> (of the pictures as a whole), <c>same</c> (the pictures lie on each other) or <c>none</c>.</param>
/// <param name="Map">From the first picture to the second, both in picture heights from their middle.</param>
/// <param name="Matches">Points found in both pictures.</param>
/// <param name="Inliers">Of these, the ones the map explains.</param>
internal sealed record CameraFit(string Kind, Homography Map, int Matches, int Inliers)
{
    public bool Found => Kind != "none";

    /// <summary>Points found in both pictures that the map does not explain: what may have moved by itself. In picture heights from the middle.</summary>
    public IReadOnlyList<PointMatch> Outliers { get; init; } = [];

    /// <summary>Why there is none, for the record.</summary>
    public string? FailureReason { get; init; }

    public static CameraFit None(string failureReason, int matches, int inliers, IReadOnlyList<PointMatch> outliers) =>
        new("none", Homography.Identity, matches, inliers) { FailureReason = failureReason, Outliers = outliers };
}

internal readonly record struct PointMatch(double FromX, double FromY, double ToX, double ToY);
