using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Images;

/// <summary>CLIP's image preprocessing: bicubic resize of the shorter side, square centre crop, normalisation per colour channel.</summary>
/// <remarks>The settings come from <c>image_processor/preprocessor_config.json</c> (transformers' <c>CLIPImageProcessor</c>).</remarks>
internal sealed record ClipPixels
{
    public int ShortestEdge { get; init; } = 224;

    public ImageSize Crop { get; init; } = new(224, 224);

    public IReadOnlyList<double> Mean { get; init; } = [0.48145466, 0.4578275, 0.40821073];

    public IReadOnlyList<double> Std { get; init; } = [0.26862954, 0.26130258, 0.27577711];

    /// <summary>Returns the default settings for square images of this size.</summary>
    public static ClipPixels Square(int size) => new() { ShortestEdge = size, Crop = new ImageSize(size, size) };

    /// <exception cref="CheckpointException">A value is not valid for this preprocessing.</exception>
    public static ClipPixels From(ModelConfig config)
    {
        var defaults = new ClipPixels();
        var (size, crop) = (config.Part("size"), config.Part("crop_size"));
        var read = new ClipPixels
        {
            ShortestEdge = size.Int("shortest_edge", defaults.ShortestEdge, maximum: 4096),
            Crop = new ImageSize(crop.Int("width", defaults.Crop.Width, maximum: 4096), crop.Int("height", defaults.Crop.Height, maximum: 4096)),
            Mean = config.Numbers("image_mean", defaults.Mean),
            Std = config.Numbers("image_std", defaults.Std),
        };
        return read.Mean.Count != 3 || read.Std.Count != 3 || read.Std.Any(std => std <= 0) ? throw config.Wrong("image_mean and image_std must have three numbers each, those of image_std above 0")
            : Math.Max(read.Crop.Width, read.Crop.Height) > read.ShortestEdge ? throw config.Wrong("crop_size must not be larger than size.shortest_edge")
            : read;
    }

    /// <summary>[1, 3, S, S], float32, on the CPU.</summary>
    public Tensor Apply(RgbImage image)
    {
        using var scope = NewDisposeScope();
        var (shorter, longer) = (Math.Min(image.Width, image.Height), Math.Max(image.Width, image.Height));
        var stretched = (int)((double)ShortestEdge * longer / shorter);
        var size = image.Width <= image.Height ? new ImageSize(ShortestEdge, stretched) : new ImageSize(stretched, ShortestEdge);

        var resized = ImageResizer.Resize(image, size, ResizeFilter.Bicubic);
        var cut = ImageResizer.Crop(resized, (size.Width - Crop.Width) / 2, (size.Height - Crop.Height) / 2, Crop);
        return VideoPixels.ToUnit(cut).sub_(PerColour(Mean)).div_(PerColour(Std)).MoveToOuterDisposeScope();
    }

    private static Tensor PerColour(IReadOnlyList<double> values) => tensor(values.ToArray(), dtype: ScalarType.Float32).view(1, 3, 1, 1);
}
