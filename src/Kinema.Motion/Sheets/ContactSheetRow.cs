using Kinema.Engines;

namespace Kinema.Motion.Sheets;

/// <summary>One video on a contact sheet.</summary>
/// <param name="Title">Written above its frames.</param>
/// <param name="Request">The video to render.</param>
public sealed record ContactSheetRow(string Title, VideoRequest Request);
