using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Result of inspecting a video or audio file.</summary>
public sealed record TimedMediaInspection
{
    /// <summary>Null if the file is accepted.</summary>
    public MediaProblem? Problem { get; init; }

    /// <summary>Message that follows the field name, for example <c>must be an MP4 or MOV video of 2 to 10 seconds; got 12.4 seconds</c>.</summary>
    public string? Message { get; init; }

    /// <summary>Content type, detected from the bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>Width after rotation and pixel aspect ratio, pixels; null for audio.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>Decoded duration, seconds; 0 if the file was not decoded.</summary>
    public double Seconds { get; init; }

    /// <summary>Whether there is audio that can be decoded.</summary>
    public bool HasAudio { get; init; }

    /// <summary>Whether a video has audio that cannot be decoded; it is dropped.</summary>
    public bool HasUndecodableAudio { get; init; }

    /// <summary>Length of damaged audio that is missing, seconds.</summary>
    public double LostSeconds { get; init; }

    /// <summary>Length of pictures that are missing or damaged, seconds.</summary>
    public double LostPictureSeconds { get; init; }

    /// <summary>Length of whole recordings in the same file that are not heard, seconds.</summary>
    public double UnheardSeconds { get; init; }

    /// <summary>What was left out or changed, each a predicate for the field's name: <c>is interlaced; ...</c>.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Value for <see cref="MediaInput.Details"/>.</summary>
    public string? Details { get; init; }
}
