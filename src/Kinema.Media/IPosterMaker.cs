using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Makes the JPEG that stands for a video.</summary>
public interface IPosterMaker
{
    /// <summary>Encodes one frame (see <see cref="VideoFormat"/> for its layout) as JPEG.</summary>
    byte[] Encode(VideoFormat format, ReadOnlySpan<byte> frame);
}
