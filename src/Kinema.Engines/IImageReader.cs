namespace Kinema.Engines;

/// <summary>Decodes an inspected still image for an engine, so that engines need no codec of their own.</summary>
public interface IImageReader
{
    /// <summary>Decodes to sRGB with orientation applied and transparency flattened on white.</summary>
    /// <exception cref="EngineException">The file cannot be decoded (<c>INPUT_MEDIA_INVALID</c>).</exception>
    RgbImage Read(MediaInput input, CancellationToken cancellationToken);
}
