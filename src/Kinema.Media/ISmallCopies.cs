using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Small copies of still pictures, decoded at about their size, for what needs no detail.</summary>
public interface ISmallCopies
{
    /// <returns>The picture in its shape, at most so large, orientation applied, transparency on white; null if it cannot be decoded.</returns>
    RgbImage? Read(MediaInput input, int longestSide);

    /// <returns>The same as a JPEG without metadata, or null.</returns>
    byte[]? ReadJpeg(MediaInput input, int longestSide);
}
