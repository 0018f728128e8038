using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Who looks on while a model computes.</summary>
internal sealed class ForwardHooks
{
    /// <summary>Nobody.</summary>
    public static ForwardHooks None { get; } = new();

    /// <summary>Sees named intermediate values, which are valid only during the call.</summary>
    public Action<string, Tensor>? OnTensor { get; init; }

    /// <summary>Told after every block: how many are done, and how many there are.</summary>
    public Action<int, int>? OnBlockDone { get; init; }

    public void Observe(string name, Tensor value) => OnTensor?.Invoke(name, value);
}
