using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Creates the picture of a video's last frame, from which another video can begin.</summary>
public interface ILastFrameMaker
{
    /// <summary>
    /// Encodes one frame (see <see cref="VideoFormat"/> for its layout) as PNG without any chunk about gamma or colour: readers take it for sRGB, and no hop of a
    /// chain of clips becomes lighter.
    /// </summary>
    byte[] Encode(VideoFormat format, ReadOnlySpan<byte> frame);
}
