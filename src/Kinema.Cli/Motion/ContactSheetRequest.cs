using Kinema.Engines;

namespace Kinema.Cli.Motion;

/// <summary>Content of a contact sheet.</summary>
internal sealed record ContactSheetRequest
{
    public required string Image { get; init; }
    public required IReadOnlyList<string> Prompts { get; init; }
    public required string? LastFrame { get; init; }
    public required int Frames { get; init; }
    public required int ThumbnailWidth { get; init; }
    public required int Seconds { get; init; }
    public required VideoResolution Resolution { get; init; }
    public required string Output { get; init; }
}
