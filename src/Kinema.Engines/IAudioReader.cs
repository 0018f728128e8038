namespace Kinema.Engines;

/// <summary>Decodes a checked sound, or the sound of a clip, for an engine.</summary>
public interface IAudioReader
{
    /// <summary>Decodes to one channel, samples from -1 to 1, at most <paramref name="seconds"/> of it.</summary>
    /// <exception cref="EngineException">The sound cannot be decoded (<c>INPUT_MEDIA_INVALID</c>).</exception>
    Task<float[]> ReadAsync(MediaInput sound, int samplesPerSecond, double seconds, CancellationToken cancellationToken);
}
