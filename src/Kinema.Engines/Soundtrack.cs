namespace Kinema.Engines;

/// <summary>Audio track of a video: the audio of one input from its beginning, cut or padded with silence to the video's length.</summary>
/// <param name="Source">An audio file, or a video with an audio track.</param>
/// <param name="Seconds">Maximum length taken from the source, seconds; it ends with a short fade. Null means the length of the video.</param>
public sealed record Soundtrack(MediaInput Source, double? Seconds);
