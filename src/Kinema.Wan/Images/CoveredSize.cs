namespace Kinema.Wan.Images;

/// <summary>A size that a picture covers: it is resized, then cut.</summary>
/// <param name="Size">The size of the video.</param>
/// <param name="Resized">The size that the whole picture takes.</param>
/// <param name="CropX">Pixels cut at the left.</param>
/// <param name="CropY">Pixels cut at the top.</param>
internal sealed record CoveredSize(ImageSize Size, ImageSize Resized, int CropX, int CropY);
