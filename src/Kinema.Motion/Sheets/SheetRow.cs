using Kinema.Engines;

namespace Kinema.Motion.Sheets;

/// <summary>One video on a contact sheet.</summary>
/// <param name="Title">Written above its frames.</param>
/// <param name="Request">What is made.</param>
public sealed record SheetRow(string Title, VideoRequest Request);
