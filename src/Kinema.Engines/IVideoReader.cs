namespace Kinema.Engines;

/// <summary>Decodes an inspected input video for an engine, so that engines need no codec of their own.</summary>
public interface IVideoReader
{
    /// <summary>
    /// Decodes the video from its beginning at a constant rate, scaled to the given size. Frames have the layout of <see cref="VideoFormat"/>. A frame is
    /// valid only until the enumerator advances. Memory use does not depend on the video's length.
    /// </summary>
    /// <exception cref="EngineException">The video cannot be decoded (<c>INPUT_MEDIA_INVALID</c>).</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(MediaInput video, int width, int height, int framesPerSecond, CancellationToken cancellationToken);
}
