using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>The tokens and pixel tensors of a request, on the CPU.</summary>
internal sealed class GenerationInput : IDisposable
{
    /// <summary>Token ids of the prompt.</summary>
    public required IReadOnlyList<int> Prompt { get; init; }

    /// <summary>Token ids of the negative prompt; null without guidance.</summary>
    public IReadOnlyList<int>? NegativePrompt { get; init; }

    /// <summary>The first frame [1, 3, H, W] in [−1, 1].</summary>
    public required Tensor First { get; init; }

    /// <summary>The last frame; null if there is none.</summary>
    public Tensor? Last { get; init; }

    /// <summary>The images as CLIP's input [images, 3, S, S]; null for models without CLIP.</summary>
    public Tensor? ClipPixels { get; init; }

    public void Dispose()
    {
        First.Dispose();
        Last?.Dispose();
        ClipPixels?.Dispose();
    }
}
