using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>Callbacks during a generation.</summary>
internal sealed class GenerationHooks
{
    /// <summary>Receives the progress.</summary>
    public Action<WanProgress>? Progress { get; init; }

    /// <summary>Whether progress reports include preview images.</summary>
    public bool Previews { get; init; }

    /// <summary>Receives named tensors of a step, valid only during the call; for tests.</summary>
    public Action<int, string, Tensor>? OnTensor { get; init; }

    public void Observe(int step, string name, Tensor value) => OnTensor?.Invoke(step, name, value);
}
