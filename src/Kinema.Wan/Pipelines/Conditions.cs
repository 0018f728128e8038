using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>The conditioning tensors that stay constant over all steps of a generation, on the device.</summary>
internal sealed class Conditions : IDisposable
{
    /// <summary>The prompt's embedding [1, 512, text dim].</summary>
    public required Tensor Prompt { get; init; }

    /// <summary>The negative prompt's embedding; null without guidance.</summary>
    public Tensor? NegativePrompt { get; init; }

    /// <summary>CLIP's image tokens [images, n, dim]; null for models without CLIP.</summary>
    public Tensor? Image { get; init; }

    /// <summary>Mask and normalised latents of the given frames [1, 4 + z, T, h, w]; for TI2V the latents of the image [1, z, 1, h, w].</summary>
    public required Tensor Frames { get; init; }

    /// <summary>The map from latents to colours; null without previews.</summary>
    public LatentToRgb? Preview { get; init; }

    public void Dispose()
    {
        Prompt.Dispose();
        NegativePrompt?.Dispose();
        Image?.Dispose();
        Frames.Dispose();
        Preview?.Dispose();
    }
}
