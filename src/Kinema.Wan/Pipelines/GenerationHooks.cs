using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>Who looks on while a video is generated.</summary>
internal sealed class GenerationHooks
{
    /// <summary>Told how far it is.</summary>
    public Action<WanProgress>? Progress { get; init; }

    /// <summary>Whether progress carries pictures.</summary>
    public bool Previews { get; init; }

    /// <summary>Sees named values of a step, valid only during the call; for tests.</summary>
    public Action<int, string, Tensor>? OnTensor { get; init; }

    public void Observe(int step, string name, Tensor value) => OnTensor?.Invoke(step, name, value);
}
