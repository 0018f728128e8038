using Kinema.Wan.Images;
using Kinema.Wan.Text;
using Kinema.Wan.Text.Tokens;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>Converts a request's texts to token ids and its images to pixel tensors.</summary>
internal static class InputBuilder
{
    public static GenerationInput Build(Checkpoint checkpoint, Tokenizer tokenizer, WanRequest request, WanSettings settings)
    {
        var size = new ImageSize(settings.Width, settings.Height);
        return new()
        {
            Prompt = Tokens(tokenizer, request.Prompt),
            NegativePrompt = settings.NegativePrompt is { } negative ? Tokens(tokenizer, negative) : null,
            First = Pixels(checkpoint, request, request.Image, size),
            Last = request.LastImage is { } last ? VideoPixels.Preprocess(last, size) : null,
            ClipPixels = checkpoint.ClipPixels is { } clip ? ForClip(clip, request) : null,
        };
    }

    private static List<int> Tokens(Tokenizer tokenizer, string text) => tokenizer.Encode(PromptCleaner.Clean(text), TextEncoder.Length);

    /// <summary>
    /// Resizes the image to the video's size. Like diffusers it stretches the image, which is hardly visible if the size follows the image's aspect ratio.
    /// TI2V has coarser sizes: if the size follows the image, it covers and crops, as the original code does.
    /// </summary>
    private static Tensor Pixels(Checkpoint checkpoint, WanRequest request, RgbImage image, ImageSize size)
    {
        if (checkpoint.Family != WanFamily.Wan22TextImageToVideo || request.Width is not null)
            return VideoPixels.Preprocess(image, size);

        var area = request.MaxArea ?? FamilyDefaults.Of(checkpoint.Family).MaxArea;
        return VideoPixels.Preprocess(image, OutputSize.WanTextImageToVideo(new(image.Width, image.Height), area, checkpoint.SizeMultiple));
    }

    private static Tensor ForClip(ClipPixels clip, WanRequest request)
    {
        using var first = clip.Apply(request.Image);
        if (request.LastImage is null)
            return first.alias();

        using var last = clip.Apply(request.LastImage);
        return cat([first, last], 0);
    }
}
