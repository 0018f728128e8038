namespace Kinema.Engines;

/// <summary>Decodes a checked clip for an engine, so that engines need no codec of their own.</summary>
public interface IVideoReader
{
    /// <summary>
    /// Decodes the clip from its beginning at a constant rate, scaled to the given size: frames as <see cref="VideoFormat"/> describes them. A frame is
    /// only valid until the enumerator moves on. Memory does not grow with the clip's length.
    /// </summary>
    /// <exception cref="EngineException">The clip cannot be decoded (<c>INPUT_MEDIA_INVALID</c>).</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(MediaInput clip, int width, int height, int framesPerSecond, CancellationToken cancellationToken);
}
