using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Brings a picture to an exact size, for engines elsewhere that would stretch it.</summary>
public interface IPictureFitter
{
    /// <summary>Cuts the middle out in the shape asked for, scales it, and encodes it as PNG without transparency.</summary>
    /// <exception cref="EngineException">The file cannot be decoded (<c>INPUT_MEDIA_INVALID</c>).</exception>
    byte[] FitPng(MediaInput picture, int width, int height, CancellationToken cancellationToken);
}
