namespace Kinema.Wan.Images;

/// <summary>Computes the video's size for an image: about the requested area and the image's aspect ratio, in multiples that the model supports.</summary>
internal static class OutputSize
{
    /// <summary>The rule of the diffusers documentation: each side rounded to a pixel, then down to a multiple.</summary>
    /// <param name="image">Size of the image.</param>
    /// <param name="maxArea">Pixels per frame.</param>
    /// <param name="multiple">VAE factor times patch: 16, or 32 for TI2V-5B.</param>
    public static ImageSize Diffusers(ImageSize image, long maxArea, int multiple)
    {
        var aspect = (double)image.Height / image.Width;
        return new ImageSize(
            (int)Math.Round(Math.Sqrt(maxArea / aspect)) / multiple * multiple,
            (int)Math.Round(Math.Sqrt(maxArea * aspect)) / multiple * multiple);
    }

    /// <summary>The rule of Wan's image2video.py: floored to whole latents and to pairs of them, so 832 x 480 at its own area becomes 832 x 464.</summary>
    /// <param name="image">Size of the image.</param>
    /// <param name="maxArea">Pixels per frame.</param>
    /// <param name="vaeStride">Width of a latent in pixels.</param>
    public static ImageSize WanImageToVideo(ImageSize image, long maxArea, int vaeStride)
    {
        const int patch = 2;
        var aspect = (double)image.Height / image.Width;
        return new ImageSize(Side(Math.Sqrt(maxArea / aspect)), Side(Math.Sqrt(maxArea * aspect)));

        int Side(double length) => (int)Math.Floor(Math.Floor(length / vaeStride) / patch) * patch * vaeStride;
    }

    /// <summary>
    /// The rule of Wan's textimage2video.py (<c>best_output_size</c>): of two sizes within the area, one computed from the width and one from the height, the
    /// one closer in aspect ratio. The image is resized to cover it and cropped at the centre.
    /// </summary>
    /// <param name="image">Size of the image.</param>
    /// <param name="maxArea">Pixels per frame.</param>
    /// <param name="multiple">VAE factor times patch.</param>
    public static CoveredSize WanTextImageToVideo(ImageSize image, long maxArea, int multiple)
    {
        var ratio = (double)image.Width / image.Height;
        var width = Math.Sqrt(maxArea * ratio);
        var height = maxArea / width;

        var widthFirst = Down(width);
        var byWidth = new ImageSize(widthFirst, Down((double)maxArea / widthFirst));
        var heightFirst = Down(height);
        var byHeight = new ImageSize(Down((double)maxArea / heightFirst), heightFirst);

        return Cover(image, Distortion(byWidth) < Distortion(byHeight) ? byWidth : byHeight);

        int Down(double length) => (int)(Math.Floor(length / multiple) * multiple);

        double Distortion(ImageSize size)
        {
            var other = (double)size.Width / size.Height;
            return Math.Max(ratio / other, other / ratio);
        }
    }

    private static CoveredSize Cover(ImageSize image, ImageSize size)
    {
        var scale = Math.Max((double)size.Width / image.Width, (double)size.Height / image.Height);
        var resized = new ImageSize((int)Math.Round(image.Width * scale), (int)Math.Round(image.Height * scale));
        return new CoveredSize(size, resized, (resized.Width - size.Width) / 2, (resized.Height - size.Height) / 2);
    }
}
