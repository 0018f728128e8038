namespace Kinema.Wan.Images;

/// <summary>A target size that an image covers: the image is resized, then cropped.</summary>
/// <param name="Size">The size of the video.</param>
/// <param name="Resized">The size of the whole image after resizing.</param>
/// <param name="CropX">Pixels cropped at the left.</param>
/// <param name="CropY">Pixels cropped at the top.</param>
internal sealed record CoveredSize(ImageSize Size, ImageSize Resized, int CropX, int CropY);
