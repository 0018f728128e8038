namespace Kinema.Media;

/// <summary>Reads what a finished video file really is, for a file that another machine made.</summary>
public interface IOutputProbe
{
    /// <summary>Reads the header and counts the pictures; decodes nothing.</summary>
    /// <returns>The facts, or the reason why the file is not what the contract promises: the rest of a sentence that begins with "the video".</returns>
    Task<(OutputFacts? Facts, string? Problem)> ProbeAsync(string path, CancellationToken ct);

    /// <summary>The whole rate next to the pictures' average one, 1 to 120; null if the header does not say it. For a file that is not what the contract promises.</summary>
    Task<int?> FindRateAsync(string path, CancellationToken ct);
}

/// <param name="Width">Width, pixels.</param>
/// <param name="Height">Height, pixels.</param>
/// <param name="FramesPerSecond">Constant rate.</param>
/// <param name="FrameCount">Number of pictures.</param>
/// <param name="HasAudio">Whether there is a sound track.</param>
public sealed record OutputFacts(int Width, int Height, int FramesPerSecond, int FrameCount, bool HasAudio);
