namespace Kinema.Engines;

/// <summary>Decodes an inspected audio file, or the audio track of an input video, for an engine.</summary>
public interface IAudioReader
{
    /// <summary>Decodes to mono samples from -1 to 1, at most <paramref name="seconds"/> long.</summary>
    /// <exception cref="EngineException">The audio cannot be decoded (<c>INPUT_MEDIA_INVALID</c>).</exception>
    Task<float[]> ReadAsync(MediaInput audio, int samplesPerSecond, double seconds, CancellationToken cancellationToken);
}
