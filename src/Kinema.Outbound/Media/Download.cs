namespace Kinema.Outbound.Media;

/// <summary>Where a body goes, and how long it may be.</summary>
internal sealed record Download(Stream Destination, long MaxBytes);
