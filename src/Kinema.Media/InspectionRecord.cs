using Kinema.Media.AudioVideo;

namespace Kinema.Media;

/// <summary>The part of <see cref="TimedMediaInspection.Details"/> that a run's record shows.</summary>
/// <param name="LostPictureSeconds">Length of pictures that are missing or damaged, seconds.</param>
/// <param name="Notes">What was left out or changed.</param>
public sealed record InspectionRecord(double LostPictureSeconds, IReadOnlyList<string> Notes)
{
    /// <summary>Details of older versions, or none, have nothing to show.</summary>
    public static InspectionRecord Read(string? details) => StreamDetails.Read(details) is { } read ? new(read.LostPictureSeconds, read.Notes ?? []) : new(0, []);
}
