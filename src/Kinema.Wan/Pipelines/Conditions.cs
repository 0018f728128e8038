using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>What stays the same over all steps of a generation, on the device.</summary>
internal sealed class Conditions : IDisposable
{
    /// <summary>The prompt's embedding [1, 512, text dim].</summary>
    public required Tensor Prompt { get; init; }

    /// <summary>The negative prompt's; null without guidance.</summary>
    public Tensor? NegativePrompt { get; init; }

    /// <summary>CLIP's tokens [pictures, n, dim]; null for models without.</summary>
    public Tensor? Image { get; init; }

    /// <summary>Mask and normalised latents of the given frames [1, 4 + z, T, h, w]; for TI2V the latents of the picture [1, z, 1, h, w].</summary>
    public required Tensor Frames { get; init; }

    /// <summary>How latents look; null without previews.</summary>
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
