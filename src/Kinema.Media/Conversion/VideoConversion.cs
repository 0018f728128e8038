namespace Kinema.Media;

/// <summary>What is changed of an engine's videos before they are encoded.</summary>
public sealed record VideoConversion
{
    /// <summary>Lowest and highest frame rate.</summary>
    public const int MinFramesPerSecond = 1, MaxFramesPerSecond = 120;

    /// <summary>Frames a second of every video; frames are repeated or left out, never mixed. Null keeps the engine's rate.</summary>
    public int? FramesPerSecond { get; init; }

    /// <summary>Whether the engine is asked for its largest size where 1080p is wanted, and its frames are enlarged.</summary>
    public bool Upscales { get; init; }

    /// <summary>Whether every video stays as it is.</summary>
    public bool IsNone => FramesPerSecond is null && !Upscales;
}
