using Kinema.Engines;

namespace Kinema.Media;

/// <summary>What was found of a clip or a sound, and whether it may be used.</summary>
public sealed record TimedMediaInspection
{
    /// <summary>Null when the medium is accepted.</summary>
    public MediaProblem? Problem { get; init; }

    /// <summary>What to say after the name of the field, for example <c>must be an MP4 or MOV clip of 2 to 10 seconds; got 12.4 seconds</c>.</summary>
    public string? Message { get; init; }

    /// <summary>By its bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>As a viewer sees it, after turning and stretching; null for sounds.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>How long it really is, by decoding it; 0 when that was not reached.</summary>
    public double Seconds { get; init; }

    /// <summary>Whether there is sound that can be decoded.</summary>
    public bool HasAudio { get; init; }

    /// <summary>Whether a clip carries sound that cannot be decoded; it is left out.</summary>
    public bool HasUndecodableAudio { get; init; }

    /// <summary>How much of the sound is damaged and missing, seconds; it is heard without that.</summary>
    public double LostSeconds { get; init; }

    /// <summary>What <see cref="MediaInput.Details"/> of what is accepted shall say.</summary>
    public string? Details { get; init; }
}
