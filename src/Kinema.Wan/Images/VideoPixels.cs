using Kinema.Wan.Arithmetic;
using static TorchSharp.torch;

namespace Kinema.Wan.Images;

/// <summary>Converts between images of bytes and the VAE's tensors from -1 to 1.</summary>
internal static class VideoPixels
{
    /// <summary>
    /// Resizes an image with a Lanczos filter, ignoring its aspect ratio, like diffusers' <c>VideoProcessor</c>: [1, 3, H, W] in [-1, 1], on the CPU.
    /// </summary>
    public static Tensor Preprocess(RgbImage image, ImageSize size) => FromImage(ImageResizer.Resize(image, size, ResizeFilter.Lanczos));

    /// <summary>Resizes an image with a Lanczos filter to cover a size, then crops at the centre: [1, 3, H, W] in [-1, 1], on the CPU.</summary>
    public static Tensor Preprocess(RgbImage image, CoveredSize covered) => FromImage(ImageResizer.Crop(
        ImageResizer.Resize(image, covered.Resized, ResizeFilter.Lanczos), covered.CropX, covered.CropY, covered.Size));

    /// <summary>2 · u8 / 255 - 1: [1, 3, H, W].</summary>
    public static Tensor FromImage(RgbImage image)
    {
        using var scope = NewDisposeScope();
        return ToUnit(image).MultiplyInPlace(2).SubtractInPlace(1).MoveToOuterDisposeScope();
    }

    /// <summary>u8 / 255: [1, 3, H, W], on the CPU.</summary>
    public static Tensor ToUnit(RgbImage image)
    {
        using var scope = NewDisposeScope();
        var pixels = empty([image.Height, image.Width, 3], ScalarType.Byte);
        image.Pixels.Span.CopyTo(pixels.bytes);
        return pixels.permute(2, 0, 1).unsqueeze(0).to_type(ScalarType.Float32).DivideInPlace(255).MoveToOuterDisposeScope();
    }

    /// <summary>Converts the frames of a decoded chunk [1, 3, T, H, W] in [-1, 1] to bytes.</summary>
    public static IReadOnlyList<RgbImage> ToImages(Tensor chunk)
    {
        using var scope = NewDisposeScope();
        return FromUnit(chunk.select(0, 0).to_type(ScalarType.Float32).Over(2).AddInPlace(0.5).permute(1, 2, 3, 0));
    }

    /// <summary>Converts images [T, H, W, 3], clamped to [0, 1], to bytes.</summary>
    public static IReadOnlyList<RgbImage> FromUnit(Tensor images)
    {
        using var scope = NewDisposeScope();
        var bytes = images.Clamped(0, 1).MultiplyInPlace(255).round_().to_type(ScalarType.Byte).contiguous().cpu();
        return [.. bytes.unbind(0).Select(picture => new RgbImage((int)bytes.shape[2], (int)bytes.shape[1], picture.data<byte>().ToArray()))];
    }
}
