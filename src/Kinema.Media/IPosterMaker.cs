using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Creates the poster image of a video.</summary>
public interface IPosterMaker
{
    /// <summary>Encodes one frame (see <see cref="VideoFormat"/> for its layout) as JPEG.</summary>
    byte[] Encode(VideoFormat format, ReadOnlySpan<byte> frame);
}
