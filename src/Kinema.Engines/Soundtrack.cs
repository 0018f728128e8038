namespace Kinema.Engines;

/// <summary>The sound a video gets: one input's sound, from its beginning, cut or padded with silence to the length of the video.</summary>
/// <param name="Source">A sound, or a clip that has sound.</param>
/// <param name="Seconds">How much of the source is heard at most; a short fade ends it. Null means to the end of the video.</param>
public sealed record Soundtrack(MediaInput Source, double? Seconds);
